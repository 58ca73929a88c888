"""The doors: command line, HTTP and the page. Nothing here knows how an answer is made."""
