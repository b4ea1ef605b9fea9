"""What is no longer the future."""

annotations = division = print_function = unicode_literals = absolute_import = generator_stop = True
