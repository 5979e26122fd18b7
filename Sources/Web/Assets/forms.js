// the forms that companies fill in
