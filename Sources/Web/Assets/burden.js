// what filling in costs the companies
