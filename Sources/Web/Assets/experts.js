// experts and their marks
