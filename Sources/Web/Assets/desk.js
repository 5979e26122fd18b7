// the review desk
