/* Methods of strings that ask what characters they have. */
#include "jinja/methods.h"

#include <unictype.h>

static bool is_alpha(ucs4_t c) {
    return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L);
}

static bool is_decimal(ucs4_t c) {
    return uc_decimal_value(c) >= 0;
}

static bool is_digit(ucs4_t c) {
    return uc_digit_value(c) >= 0;
}

static bool is_numeric(ucs4_t c) {
    return uc_numeric_value(c).denominator != 0;
}

static bool is_alnum(ucs4_t c) {
    return is_alpha(c) || is_numeric(c) || is_digit(c);
}

static bool is_ascii(ucs4_t c) {
    return c < 0x80;
}

/* Whether all characters hold, and there is one (or none is needed). */
static int all(const struct ais_jcall *call, bool (*holds)(ucs4_t c), bool empty,
               struct ais_jval *out) {
    const char *p = call->in[0].as.str->data;
    size_t left = call->in[0].as.str->size;
    bool fine = left > 0 || empty;
    while (left > 0 && fine)
        fine = holds(ais_jtext_next(&p, &left));
    *out = ais_jval_bool(fine);
    return 0;
}

static int str_isalnum(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    return all(call, is_alnum, false, out);
}

static int str_isalpha(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    return all(call, is_alpha, false, out);
}

static int str_isascii(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    return all(call, is_ascii, true, out);
}

static int str_isdecimal(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    return all(call, is_decimal, false, out);
}

static int str_isdigit(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    return all(call, is_digit, false, out);
}

static int str_isnumeric(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    return all(call, is_numeric, false, out);
}

static int str_isspace(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    return all(call, ais_jtext_is_space, false, out);
}

static int str_isidentifier(struct ais_jrun *run, const struct ais_jcall *call,
                            struct ais_jval *out) {
    const char *p = call->in[0].as.str->data;
    size_t left = call->in[0].as.str->size;
    ucs4_t c = left > 0 ? ais_jtext_next(&p, &left) : ' ';
    bool fine = c == '_' || uc_is_property(c, UC_PROPERTY_XID_START);
    (void)run;
    while (left > 0 && fine)
        fine = uc_is_property(ais_jtext_next(&p, &left), UC_PROPERTY_XID_CONTINUE);
    *out = ais_jval_bool(fine);
    return 0;
}

bool ais_jstr_is_case(const struct ais_jstr *str, bool upper) {
    const char *p = str->data;
    size_t left = str->size;
    bool cased = false;
    while (left > 0) {
        ucs4_t c = ais_jtext_next(&p, &left);
        bool is_upper = uc_is_property(c, UC_PROPERTY_UPPERCASE);
        bool is_lower = uc_is_property(c, UC_PROPERTY_LOWERCASE);
        bool is_title = uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Lt);
        if (is_title || (upper ? is_lower : is_upper))
            return false;
        cased = cased || is_upper || is_lower;
    }
    return cased;
}

static int str_islower(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    *out = ais_jval_bool(ais_jstr_is_case(call->in[0].as.str, false));
    return 0;
}

static int str_isupper(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    *out = ais_jval_bool(ais_jstr_is_case(call->in[0].as.str, true));
    return 0;
}

static int str_istitle(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const char *p = call->in[0].as.str->data;
    size_t left = call->in[0].as.str->size;
    bool fine = true, cased = false, inside = false;
    (void)run;
    while (left > 0 && fine) {
        ucs4_t c = ais_jtext_next(&p, &left);
        bool upper = uc_is_property(c, UC_PROPERTY_UPPERCASE) ||
                     uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Lt);
        bool lower = uc_is_property(c, UC_PROPERTY_LOWERCASE);
        fine = !(upper && inside) && !(lower && !inside);
        inside = upper || lower;
        cased = cased || inside;
    }
    *out = ais_jval_bool(fine && cased);
    return 0;
}

const struct ais_jbuiltin ais_jmethods_is[] = {
    {"isalnum", "", str_isalnum}, {"isalpha", "", str_isalpha},
    {"isascii", "", str_isascii}, {"isdecimal", "", str_isdecimal},
    {"isdigit", "", str_isdigit}, {"isidentifier", "", str_isidentifier},
    {"islower", "", str_islower}, {"isnumeric", "", str_isnumeric},
    {"isspace", "", str_isspace}, {"istitle", "", str_istitle},
    {"isupper", "", str_isupper}, {NULL, NULL, NULL},
};
