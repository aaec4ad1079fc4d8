"""Every check that supple has for a catalog, each as a test of its own."""

from supple.testing import conformance

test_catalog = conformance("your-catalog")
