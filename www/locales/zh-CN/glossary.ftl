### The glossary.
