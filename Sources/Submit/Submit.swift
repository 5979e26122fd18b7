// Submit
