"""Every check that supple has for a catalog, each as a test of its own."""

from supple.testing import catalog_conformance

test_catalog = catalog_conformance("your-catalog")
