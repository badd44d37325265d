"""How does a phone read where to join? A QR code as an image that is part of the page."""

import io


def qr_svg(text: str) -> str:
    """Return a QR code as the address of an image, `data:image/svg+xml...`."""
    import segno

    return str(segno.make(text, error="m").svg_data_uri(scale=4, border=2))


def qr_lines(text: str) -> str:
    """Return a QR code for a terminal, two rows of squares a line."""
    import segno

    out = io.StringIO()
    segno.make(text, error="m").terminal(out=out, compact=True, border=2)
    return out.getvalue()
