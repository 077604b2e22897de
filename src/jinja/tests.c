/* Tests: what may follow "is". */
#include "jinja/eval.h"
#include "jinja/list.h"
#include "jinja/methods.h"

static int answer(int truth, struct ais_jval *out) {
    *out = ais_jval_bool(truth);
    return truth < 0 ? -1 : 0;
}

static int is_defined(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    return answer(call->in[0].kind != J_UNDEFINED, out);
}

static int is_undefined(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    return answer(call->in[0].kind == J_UNDEFINED, out);
}

static int is_none(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    return answer(call->in[0].kind == J_NONE, out);
}

static int is_boolean(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    return answer(call->in[0].kind == J_BOOL, out);
}

static int is_true(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    return answer(call->in[0].kind == J_BOOL && call->in[0].as.truth, out);
}

static int is_false(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    return answer(call->in[0].kind == J_BOOL && !call->in[0].as.truth, out);
}

static int is_integer(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    return answer(call->in[0].kind == J_INT, out);
}

static int is_float(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    return answer(call->in[0].kind == J_FLOAT, out);
}

static int is_number(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    double real;
    (void)run;
    return answer(ais_jval_is_number(call->in[0], &real), out);
}

static int is_string(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    return answer(call->in[0].kind == J_STR, out);
}

static int is_mapping(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    return answer(call->in[0].kind == J_DICT, out);
}

static int is_sequence(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    enum ais_jkind kind = call->in[0].kind;
    (void)run;
    return answer(kind == J_STR || kind == J_LIST || kind == J_TUPLE || kind == J_DICT ||
                      kind == J_RANGE,
                  out);
}

static int is_iterable(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    if (ais_jrun_defined(run, call->in[0]) < 0)
        return -1;
    return answer(ais_jval_iterable(call->in[0]), out);
}

static int is_callable(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    enum ais_jkind kind = call->in[0].kind;
    (void)run;
    /* an undefined value counts: calling it is how it fails */
    return answer(kind == J_MACRO || kind == J_BOUND || kind == J_FUNCTION || kind == J_HOST ||
                      kind == J_LOOP || kind == J_BLOCK || kind == J_JOINER || kind == J_UNDEFINED,
                  out);
}

static int is_escaped(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    return answer(call->in[0].kind == J_STR && call->in[0].as.str->safe, out);
}

static int is_sameas(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    return answer(ais_jval_same(call->in[0], call->in[1]), out);
}

/* The remainder of a division by `number`, against what it should be. */
static int remainder_is(struct ais_jrun *run, struct ais_jval value, struct ais_jval number,
                        int64_t wanted, struct ais_jval *out) {
    struct ais_jval rest;
    if (ais_jeval_binary(run, OP_MOD, value, number, &rest) < 0)
        return -1;
    return answer(ais_jval_equal(run, rest, ais_jval_int(wanted)), out);
}

static int is_odd(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return remainder_is(run, call->in[0], ais_jval_int(2), 1, out);
}

static int is_even(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return remainder_is(run, call->in[0], ais_jval_int(2), 0, out);
}

static int is_divisibleby(struct ais_jrun *run, const struct ais_jcall *call,
                          struct ais_jval *out) {
    return remainder_is(run, call->in[0], call->in[1], 0, out);
}

static int is_lower(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const struct ais_jstr *str;
    if (ais_jval_text(run, call->in[0], &str) < 0)
        return -1;
    return answer(ais_jstr_is_case(str, false), out);
}

static int is_upper(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const struct ais_jstr *str;
    if (ais_jval_text(run, call->in[0], &str) < 0)
        return -1;
    return answer(ais_jstr_is_case(str, true), out);
}

/* The name to look for: an empty one for what can be looked up but is no text, NULL for the rest.
 */
static const struct ais_jstr *name_of(struct ais_jrun *run, struct ais_jval value) {
    static const struct ais_jstr empty = {"", 0, 0, false};
    const struct ais_jdict none = {0};
    struct ais_jentry *entry;
    if (ais_jrun_defined(run, value) < 0 || ais_jdict_find(run, &none, value, &entry) < 0)
        return NULL;
    return value.kind == J_STR ? value.as.str : &empty;
}

static int is_filter(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const struct ais_jstr *name = name_of(run, call->in[0]);
    if (!name)
        return -1;
    return answer(ais_jfilter_find(name->data, name->size) != NULL, out);
}

static int is_test(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const struct ais_jstr *name = name_of(run, call->in[0]);
    if (!name)
        return -1;
    return answer(ais_jtest_find(name->data, name->size) != NULL, out);
}

static int is_in(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return answer(ais_jval_contains(run, call->in[1], call->in[0]), out);
}

static int is_equal(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return answer(ais_jval_equal(run, call->in[0], call->in[1]), out);
}

static int is_unequal(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    int equal = ais_jval_equal(run, call->in[0], call->in[1]);
    return answer(equal < 0 ? -1 : !equal, out);
}

static int is_less(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return answer(ais_jval_order(run, "<", call->in[0], call->in[1]), out);
}

static int is_less_equal(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return answer(ais_jval_order(run, "<=", call->in[0], call->in[1]), out);
}

static int is_greater(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return answer(ais_jval_order(run, ">", call->in[0], call->in[1]), out);
}

static int is_greater_equal(struct ais_jrun *run, const struct ais_jcall *call,
                            struct ais_jval *out) {
    return answer(ais_jval_order(run, ">=", call->in[0], call->in[1]), out);
}

const struct ais_jbuiltin ais_jtests[] = {
    {"!=", "other", is_unequal},
    {"<", "other", is_less},
    {"<=", "other", is_less_equal},
    {"==", "other", is_equal},
    {">", "other", is_greater},
    {">=", "other", is_greater_equal},
    {"boolean", "", is_boolean},
    {"callable", "", is_callable},
    {"defined", "", is_defined},
    {"divisibleby", "num", is_divisibleby},
    {"eq", "other", is_equal},
    {"equalto", "other", is_equal},
    {"escaped", "", is_escaped},
    {"even", "", is_even},
    {"false", "", is_false},
    {"filter", "", is_filter},
    {"float", "", is_float},
    {"ge", "other", is_greater_equal},
    {"greaterthan", "other", is_greater},
    {"gt", "other", is_greater},
    {"in", "seq", is_in},
    {"integer", "", is_integer},
    {"iterable", "", is_iterable},
    {"le", "other", is_less_equal},
    {"lessthan", "other", is_less},
    {"lower", "", is_lower},
    {"lt", "other", is_less},
    {"mapping", "", is_mapping},
    {"ne", "other", is_unequal},
    {"none", "", is_none},
    {"number", "", is_number},
    {"odd", "", is_odd},
    {"sameas", "other", is_sameas},
    {"sequence", "", is_sequence},
    {"string", "", is_string},
    {"test", "", is_test},
    {"true", "", is_true},
    {"undefined", "", is_undefined},
    {"upper", "", is_upper},
    {NULL, NULL, NULL},
};
