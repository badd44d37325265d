"""Group sessions over HTTP: pages that work as plain forms and are live with script, and JSON for other clients."""
