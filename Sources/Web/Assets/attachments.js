// evidence files: upload, preview, reading and checks
