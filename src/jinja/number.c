#include "jinja/number.h"

#include "jinja/text.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 2^63 as a float: the first one that does not fit. */
static const double INT_END = 9223372036854775808.0;

static int sign_of(double x, double y) {
    if (isnan(x) || isnan(y))
        return 2;
    return x < y ? -1 : x > y;
}

static int compare_int_float(int64_t a, double b) {
    double whole;
    int64_t c;
    if (isnan(b))
        return 2;
    if (b >= INT_END)
        return -1;
    if (b < -INT_END)
        return 1;
    whole = floor(b);
    c = (int64_t)whole;
    if (a != c)
        return a < c ? -1 : 1;
    return b > whole ? -1 : 0;
}

int ais_jnumber_compare(struct ais_jval a, struct ais_jval b) {
    int64_t i, j;
    double x = 0, y = 0;
    bool whole_a = ais_jval_is_int(a, &i), whole_b = ais_jval_is_int(b, &j);
    int sign;
    if (whole_a && whole_b)
        return i < j ? -1 : i > j;
    ais_jval_is_number(a, &x);
    ais_jval_is_number(b, &y);
    if (whole_a)
        return compare_int_float(i, y);
    if (!whole_b)
        return sign_of(x, y);
    sign = compare_int_float(j, x);
    return sign == 2 ? 2 : -sign;
}

static int fail_overflow(struct ais_jrun *run) {
    return ais_jrun_fail(run, "a whole number does not fit into 64 bits");
}

static int fail_zero(struct ais_jrun *run) {
    return ais_jrun_fail(run, "division by zero");
}

static int64_t floor_div(int64_t a, int64_t b) {
    int64_t q = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
}

static int int_power(struct ais_jrun *run, int64_t base, int64_t exponent, struct ais_jval *out) {
    int64_t power = 1;
    bool overflow = false;
    if (exponent < 0) {
        if (base == 0)
            return fail_zero(run);
        *out = ais_jval_float(pow((double)base, (double)exponent));
        return 0;
    }
    while (exponent && !overflow) {
        if (exponent & 1)
            overflow = __builtin_mul_overflow(power, base, &power);
        exponent >>= 1;
        if (exponent && !overflow)
            overflow = __builtin_mul_overflow(base, base, &base);
    }
    if (overflow)
        return fail_overflow(run);
    *out = ais_jval_int(power);
    return 0;
}

static int int_binary(struct ais_jrun *run, unsigned op, int64_t a, int64_t b,
                      struct ais_jval *out) {
    int64_t c = 0;
    bool overflow = false;
    if ((op == OP_DIV || op == OP_FLOORDIV || op == OP_MOD) && b == 0)
        return fail_zero(run);
    switch (op) {
    case OP_ADD:
        overflow = __builtin_add_overflow(a, b, &c);
        break;
    case OP_SUB:
        overflow = __builtin_sub_overflow(a, b, &c);
        break;
    case OP_MUL:
        overflow = __builtin_mul_overflow(a, b, &c);
        break;
    case OP_DIV:
        *out = ais_jval_float((double)a / (double)b);
        return 0;
    case OP_POW:
        return int_power(run, a, b, out);
    default:
        overflow = a == INT64_MIN && b == -1 && op == OP_FLOORDIV;
        if (b == -1)
            c = op == OP_MOD || overflow ? 0 : -a;
        else
            c = op == OP_MOD ? a - floor_div(a, b) * b : floor_div(a, b);
    }
    if (overflow)
        return fail_overflow(run);
    *out = ais_jval_int(c);
    return 0;
}

/* The remainder has the sign of the divisor. */
static double float_mod(double a, double b) {
    double m = fmod(a, b);
    if (m != 0 && (m < 0) != (b < 0))
        m += b;
    return m == 0 ? copysign(0, b) : m;
}

static double float_floor_div(double a, double b) {
    double m = fmod(a, b), q = (a - m) / b, whole;
    if (m != 0 && (m < 0) != (b < 0))
        q -= 1;
    if (q == 0)
        return copysign(0, a / b);
    whole = floor(q);
    return q - whole > 0.5 ? whole + 1 : whole;
}

static int float_power(struct ais_jrun *run, double a, double b, struct ais_jval *out) {
    double power = pow(a, b);
    if (a == 0 && b < 0)
        return fail_zero(run);
    if (a < 0 && isfinite(a) && isfinite(b) && b != floor(b))
        return ais_jrun_fail(run, "a negative number has no such power");
    if (isinf(power) && isfinite(a) && isfinite(b))
        return ais_jrun_fail(run, "a power is too large for a float");
    *out = ais_jval_float(power);
    return 0;
}

static int float_binary(struct ais_jrun *run, unsigned op, double a, double b,
                        struct ais_jval *out) {
    if ((op == OP_DIV || op == OP_FLOORDIV || op == OP_MOD) && b == 0)
        return fail_zero(run);
    switch (op) {
    case OP_ADD:
        a += b;
        break;
    case OP_SUB:
        a -= b;
        break;
    case OP_MUL:
        a *= b;
        break;
    case OP_DIV:
        a /= b;
        break;
    case OP_MOD:
        a = float_mod(a, b);
        break;
    case OP_FLOORDIV:
        a = float_floor_div(a, b);
        break;
    default:
        return float_power(run, a, b, out);
    }
    *out = ais_jval_float(a);
    return 0;
}

int ais_jnumber_binary(struct ais_jrun *run, unsigned op, struct ais_jval a, struct ais_jval b,
                       struct ais_jval *out) {
    int64_t i, j;
    double x = 0, y = 0;
    if (ais_jval_is_int(a, &i) && ais_jval_is_int(b, &j))
        return int_binary(run, op, i, j, out);
    ais_jval_is_number(a, &x);
    ais_jval_is_number(b, &y);
    return float_binary(run, op, x, y, out);
}

int ais_jnumber_negate(struct ais_jrun *run, struct ais_jval value, struct ais_jval *out) {
    int64_t integer;
    if (value.kind == J_FLOAT) {
        *out = ais_jval_float(-value.as.real);
        return 0;
    }
    ais_jval_is_int(value, &integer);
    return int_binary(run, OP_SUB, 0, integer, out);
}

int ais_jnumber_truncate(struct ais_jrun *run, double real, struct ais_jval *out) {
    if (isnan(real) || real >= INT_END || real < -INT_END)
        return fail_overflow(run);
    *out = ais_jval_int((int64_t)real);
    return 0;
}

/* Removes white space around and single underscores between digits. Returns the length of what is
 * left in digits[size], 0 where that is malformed or too long. */
static size_t clean_digits(const char *text, size_t size, char *digits, size_t room) {
    size_t used = 0;
    ais_jtext_strip(&text, &size, true, true);
    for (size_t i = 0; i < size; i++) {
        bool between = i > 0 && i + 1 < size && isalnum((unsigned char)text[i - 1]) &&
                       isalnum((unsigned char)text[i + 1]);
        if (text[i] == '_' && !between)
            return 0;
        if (text[i] == '_')
            continue;
        if (!text[i] || isspace((unsigned char)text[i]) || used + 1 >= room)
            return 0;
        digits[used++] = text[i];
    }
    digits[used] = '\0';
    return used;
}

static int prefix_base(const char *digits) {
    if (digits[0] != '0')
        return 0;
    switch (digits[1]) {
    case 'x':
    case 'X':
        return 16;
    case 'o':
    case 'O':
        return 8;
    case 'b':
    case 'B':
        return 2;
    default:
        return 0;
    }
}

static int digit_value(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 99;
}

bool ais_jnumber_parse_int(const char *text, size_t size, int base, int64_t *out) {
    char digits[512];
    const char *p = digits;
    bool negative;
    int64_t number = 0;
    if (!clean_digits(text, size, digits, sizeof digits))
        return false;
    negative = *p == '-';
    if (*p == '-' || *p == '+')
        p++;
    if (prefix_base(p) && (base == 0 || base == prefix_base(p))) {
        base = prefix_base(p);
        p += 2;
    } else if (base == 0) {
        base = 10;
        if (*p == '0' && strspn(p, "0") != strlen(p))
            return false;
    }
    if (!*p)
        return false;
    for (; *p; p++) {
        int digit = digit_value(*p);
        if (digit >= base || __builtin_mul_overflow(number, (int64_t)base, &number) ||
            __builtin_sub_overflow(number, (int64_t)digit, &number))
            return false;
    }
    if (!negative && number == INT64_MIN)
        return false;
    *out = negative ? number : -number;
    return true;
}

bool ais_jnumber_parse_float(const char *text, size_t size, double *out) {
    char digits[512], *end;
    const char *p = digits;
    if (!clean_digits(text, size, digits, sizeof digits))
        return false;
    if (*p == '-' || *p == '+')
        p++;
    if (!isdigit((unsigned char)*p) && *p != '.' && strcasecmp(p, "inf") != 0 &&
        strcasecmp(p, "infinity") != 0 && strcasecmp(p, "nan") != 0)
        return false;
    if (prefix_base(p) == 16) /* strtod reads hexadecimal digits, Python does not */
        return false;
    *out = strtod(digits, &end);
    return end != digits && *end == '\0';
}

/* Lays out decimal digits as repr does: with an exponent where it is small or large. */
static void lay_out(const char *digits, int count, int exponent, bool negative, char text[32]) {
    const char *sign = negative ? "-" : "";
    if (exponent < -4 || exponent >= 16) {
        snprintf(text, 32, "%s%c%s%.*se%+03d", sign, digits[0], count > 1 ? "." : "", count - 1,
                 digits + 1, exponent);
    } else if (exponent < 0) {
        snprintf(text, 32, "%s0.%.*s%.*s", sign, -exponent - 1, "000", count, digits);
    } else if (count <= exponent + 1) {
        snprintf(text, 32, "%s%.*s%.*s.0", sign, count, digits, exponent + 1 - count,
                 "0000000000000000");
    } else {
        snprintf(text, 32, "%s%.*s.%.*s", sign, exponent + 1, digits, count - exponent - 1,
                 digits + exponent + 1);
    }
}

void ais_jfloat_text(double real, char text[32]) {
    char digits[40], all[24];
    int count;
    if (!isfinite(real)) {
        snprintf(text, 32, "%s%s", real < 0 ? "-" : "", isnan(real) ? "nan" : "inf");
        return;
    }
    for (count = 1; count < 17; count++) {
        snprintf(digits, sizeof digits, "%.*e", count - 1, fabs(real));
        if (strtod(digits, NULL) == fabs(real))
            break;
    }
    snprintf(digits, sizeof digits, "%.*e", count - 1, fabs(real));
    all[0] = digits[0];
    memcpy(all + 1, digits + 2, (size_t)count - 1);
    all[count] = '\0';
    lay_out(all, count, (int)strtol(strchr(digits, 'e') + 1, NULL, 10), signbit(real) != 0, text);
}
