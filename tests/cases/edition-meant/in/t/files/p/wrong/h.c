/*
 * BEGIN SOLUTION rank
 */
secret
/* END SOLUTION */
