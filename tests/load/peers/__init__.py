"""How do others fare under the same load, on the same machine?"""
