before
    {/* BEGIN SOLUTION rank */}
    the solution in q.tsx
    {/* END SOLUTION */}
after
