"""What the page of :mod:`supple.export.html` is made of."""
