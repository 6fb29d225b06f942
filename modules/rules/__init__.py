"""Rules of content that need no framework: questions, clean SVG, kinds of file."""
