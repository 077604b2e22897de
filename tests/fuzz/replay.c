/* Calls the target with each file that is named: what a fuzzer found once is tried each time. */
#include "fuzz.h"

#include "base/io.h"

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        struct ais_buf text = AIS_BUF(1 << 24);
        struct ais_error err = {0};
        uint8_t *exact;
        MUST(ais_read_file(argv[i], &text, &err) == 0);
        exact = malloc(text.size ? text.size : 1); /* so that a step behind the end is seen */
        MUST(exact);
        for (size_t k = 0; k < text.size; k++)
            exact[k] = (uint8_t)text.data[k];
        LLVMFuzzerTestOneInput(exact, text.size);
        free(exact);
        ais_buf_release(&text);
    }
    return 0;
}
