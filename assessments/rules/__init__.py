"""Pure rules: no Django in this package."""
