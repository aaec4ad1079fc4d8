"""The catalogs that come with supple, one package each."""
