"""Public benchmark instances as shiftplan problems, and what is measured on them."""
