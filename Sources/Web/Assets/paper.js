// documents made from data, and eligibility
