"""What a book is: editions, chapters, people, programmes, brands. Typed, validated, immutable.

This room imports nothing of the project but :mod:`book.findings` and :mod:`book.messages`.
"""
