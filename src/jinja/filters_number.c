/* Filters for numbers. */
#include "jinja/builtin.h"
#include "jinja/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int do_abs(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jval value = call->in[0];
    double real;
    if (ais_jrun_defined(run, value) < 0)
        return -1;
    if (!ais_jval_is_number(value, &real))
        return ais_jrun_fail(run, "abs needs a number, not %s", ais_jval_type(value));
    if (value.kind == J_FLOAT)
        *out = ais_jval_float(fabs(real));
    else if (real < 0)
        return ais_jnumber_negate(run, value, out);
    else
        *out = value.kind == J_BOOL ? ais_jval_int(value.as.truth) : value;
    return 0;
}

/* Text is read as a whole number first, then as a float without its fraction. */
static int do_int(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jval value = call->in[0];
    int64_t base, integer;
    double real;
    bool parsed;
    if (ais_jrun_defined(run, value) < 0 || ais_jarg_int(run, call->in[2], 10, &base) < 0)
        return -1;
    *out = call->in[1].kind == J_ABSENT ? ais_jval_int(0) : call->in[1];
    if (ais_jval_is_int(value, &integer)) {
        *out = ais_jval_int(integer);
        return 0;
    }
    if (value.kind == J_FLOAT)
        return isfinite(value.as.real) ? ais_jnumber_truncate(run, value.as.real, out) : 0;
    if (value.kind != J_STR)
        return 0;
    parsed = (base == 0 || (base >= 2 && base <= 36)) &&
             ais_jnumber_parse_int(value.as.str->data, value.as.str->size, (int)base, &integer);
    if (parsed) {
        *out = ais_jval_int(integer);
        return 0;
    }
    if (ais_jnumber_parse_float(value.as.str->data, value.as.str->size, &real) && isfinite(real))
        return ais_jnumber_truncate(run, real, out);
    return 0;
}

static int do_float(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jval value = call->in[0];
    double real;
    if (ais_jrun_defined(run, value) < 0)
        return -1;
    if (ais_jval_is_number(value, &real) ||
        (value.kind == J_STR &&
         ais_jnumber_parse_float(value.as.str->data, value.as.str->size, &real)))
        *out = ais_jval_float(real);
    else
        *out = call->in[1].kind == J_ABSENT ? ais_jval_float(0) : call->in[1];
    return 0;
}

/* To the nearest, ties to the even digit, of the number's exact value. */
static double round_float(double real, int64_t precision) {
    char text[700];
    double power;
    if (!isfinite(real) || precision > 323)
        return real;
    if (precision >= 0) {
        snprintf(text, sizeof text, "%.*f", (int)precision, real);
        return strtod(text, NULL);
    }
    if (precision < -308)
        return copysign(0, real);
    power = pow(10, (double)-precision);
    return nearbyint(real / power) * power;
}

/* Whole numbers stay whole: 25 rounded to tens is 20. */
static int round_int(struct ais_jrun *run, int64_t integer, int64_t precision,
                     struct ais_jval *out) {
    int64_t power = 1, rest, half, down;
    *out = ais_jval_int(precision < -18 ? 0 : integer);
    if (precision >= 0 || precision < -18)
        return 0;
    for (; precision < 0; precision++)
        power *= 10;
    rest = integer % power;
    rest = rest < 0 ? rest + power : rest;
    half = power / 2;
    down = integer - rest;
    if ((rest > half || (rest == half && (down / power) % 2 != 0)) &&
        __builtin_add_overflow(down, power, &down))
        return ais_jrun_fail(run, "a whole number does not fit into 64 bits");
    *out = ais_jval_int(down);
    return 0;
}

static int do_round(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const struct ais_jstr *method;
    int64_t precision, integer;
    double real, power;
    bool up;
    if (ais_jrun_defined(run, call->in[0]) < 0 ||
        ais_jarg_int(run, call->in[1], 0, &precision) < 0 ||
        ais_jarg_str(run, call->in[2], &method) < 0)
        return -1;
    if (!ais_jval_is_number(call->in[0], &real))
        return ais_jrun_fail(run, "round needs a number, not %s", ais_jval_type(call->in[0]));
    up = method->size == 4 && memcmp(method->data, "ceil", 4) == 0;
    if (method->size == 0 || (method->size == 6 && memcmp(method->data, "common", 6) == 0)) {
        if (ais_jval_is_int(call->in[0], &integer))
            return round_int(run, integer, precision, out);
        *out = ais_jval_float(round_float(real, precision));
        return 0;
    }
    if (!up && !(method->size == 5 && memcmp(method->data, "floor", 5) == 0))
        return ais_jrun_fail(run, "round knows the methods common, ceil and floor");
    if (precision >= 0 && ais_jval_is_int(call->in[0], &integer)) {
        *out = ais_jval_float(real);
        return 0;
    }
    power = pow(10, (double)precision);
    real = up ? ceil(real * power) : floor(real * power);
    if (!isfinite(real) || power == 0)
        return ais_jrun_fail(run, "a number is too large to be rounded");
    *out = ais_jval_float(real / power + 0.0);
    return 0;
}

static int file_size(struct ais_jrun *run, double bytes, bool binary, struct ais_jval *out) {
    static const char letters[] = "kMGTPEZY";
    double base = binary ? 1024 : 1000, unit = base;
    char text[400];
    size_t i = 0;
    if (bytes == 1) {
        snprintf(text, sizeof text, "1 Byte");
    } else if (bytes < base) {
        snprintf(text, sizeof text, "%.0f Bytes", trunc(bytes) + 0.0); /* no negative zero */
    } else {
        for (unit *= base; !(bytes < unit) && letters[i + 1]; i++) /* nor is nan below it */
            unit *= base;
        snprintf(text, sizeof text, "%.1f %c%sB", base * bytes / unit,
                 binary && i == 0 ? 'K' : letters[i], binary ? "i" : "");
    }
    return ais_jrun_str_copy(run, text, strlen(text), out);
}

static int do_filesizeformat(struct ais_jrun *run, const struct ais_jcall *call,
                             struct ais_jval *out) {
    struct ais_jval value = call->in[0];
    double bytes;
    bool binary;
    if (ais_jrun_defined(run, value) < 0 || ais_jarg_bool(run, call->in[1], false, &binary) < 0)
        return -1;
    if (!ais_jval_is_number(value, &bytes) &&
        !(value.kind == J_STR &&
          ais_jnumber_parse_float(value.as.str->data, value.as.str->size, &bytes)))
        return ais_jrun_fail(run, "filesizeformat needs a number, not %s", ais_jval_type(value));
    if (isinf(bytes) && bytes < 0)
        return ais_jrun_fail(run, "filesizeformat cannot take -inf");
    return file_size(run, bytes, binary, out);
}

const struct ais_jbuiltin ais_jfilters_number[] = {
    {"abs", "", do_abs},
    {"filesizeformat", "?binary", do_filesizeformat},
    {"float", "?default", do_float},
    {"int", "?default ?base", do_int},
    {"round", "?precision ?method", do_round},
    {NULL, NULL, NULL},
};
