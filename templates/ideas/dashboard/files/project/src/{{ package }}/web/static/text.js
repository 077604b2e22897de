// How numbers and days are written.

export const whole = (value) => Math.round(value).toLocaleString("en");
export const signed = (value) => `${value < 0 ? "−" : "+"}${whole(Math.abs(value))}`;
export const percent = (value, digits = 0) => `${(100 * value).toFixed(digits)}%`;

const SHORT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const LONG = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });

export const short = (day) => SHORT.format(new Date(`${day}T00:00:00Z`));
export const long = (day) => LONG.format(new Date(`${day}T00:00:00Z`));
