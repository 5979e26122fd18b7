// personal data
