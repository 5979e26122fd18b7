"""What schemathesis does not know by itself: port records are lines of text."""

import schemathesis

schemathesis.serializer.alias("application/x-ndjson", "text/plain")
