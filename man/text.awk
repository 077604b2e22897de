# Sets a page of mdoc(7), as far as the pages beside this use it, as plain text of 78 columns.
# awk -f text.awk PAGE

function put(line) {
    sub(/ +$/, "", line)
    if (line == "" && blank)
        return
    blank = line == ""
    print line
}

function spaces(n) { return sprintf("%" n "s", "") }

# Ends the paragraph: breaks its words into lines; the first has the list's mark before it.
function flush(   n, list, i, line, edge) {
    edge = mark != "" ? spaces(indent - hang) mark : spaces(indent)
    if (mark != "" && length(edge) > indent - 1) {
        put(edge)
        edge = spaces(indent)
    }
    line = edge spaces(indent - length(edge))
    n = split(text, list, " ")
    for (i = 1; i <= n; i++) {
        if (length(line) > indent && length(line) + 1 + length(list[i]) > 78) {
            put(line)
            line = spaces(indent)
        }
        line = line (length(line) > indent ? " " : "") list[i]
    }
    if (line ~ /[^ ]/)
        put(line)
    text = mark = ""
}

function add(word) { text = text (text == "" || glue ? "" : " ") word; glue = 0 }

function plain(word) {
    gsub(/\\&/, "", word)
    gsub(/\\-/, "-", word)
    gsub(/\\e/, "\\", word)
    return word
}

# The words of a macro's line from `at` to `last`, as text.
function words(at, last,   out, word, space, kind, quote, end) {
    space = kind = ""
    for (; at <= last; at++) {
        word = part[at]
        if (word in quotes || word == "Op" || word == "Pq") {
            quote = word == "Op" ? "[]" : word == "Pq" ? "()" : quotes[word]
            for (end = last; end > at && part[end] ~ /^[.,:;]$/; end--)
                ;
            out = out space substr(quote, 1, 1) words(at + 1, end) substr(quote, 2, 1)
            at = end
            kind = ""
        } else if (word == "Ns") {
            space = kind = ""
            continue
        } else if (word ~ /^(Ar|Cm|Pa|Ev|Va|Ic|Li|Em|No|Do|Dc|Nm|Fl|Xr)$/) {
            kind = word
            if (word == "Nm" && (at == last || part[at + 1] ~ /^[.,:;]$/))
                out = out space name
            else if (word == "Fl" && at == last)
                out = out space "-"
            else if (word == "Do")
                out = out space "\"\""
            else
                continue
        } else if (word ~ /^[.,:;)]$/) {
            out = out word
        } else if (kind == "Xr" && part[at + 1] ~ /^[157]$/) {
            out = out space word "(" part[++at] ")"
        } else {
            out = out space (kind == "Fl" && word != "|" ? "-" : "") plain(word)
        }
        space = " "
    }
    return out
}

# Splits a line at its blanks; what stands in double quotes is one word.
function cut(line,   n) {
    n = 0
    while (match(line, /^ *("[^"]*"|[^ ]+)/)) {
        part[++n] = substr(line, 1, RLENGTH)
        sub(/^ +/, "", part[n])
        if (part[n] ~ /^".*"$/)
            part[n] = substr(part[n], 2, length(part[n]) - 2)
        line = substr(line, RLENGTH + 1)
    }
    return n
}

function section(title, edge) {
    flush()
    put("")
    put(spaces(edge) title)
    blank = 1 # none follows
    indent = 4
    synopsis = title == "SYNOPSIS"
}

function begin_list(line) {
    flush()
    depth++
    kinds[depth] = line ~ /-bullet/ ? "*" : line ~ /-enum/ ? "1" : ""
    compact[depth] = line ~ /-compact/
    widths[depth] = kinds[depth] != "" ? 3 : 8
    if (match(line, /-width [^ ]+/) && substr(line, RSTART + 7, RLENGTH - 7) != "Ds")
        widths[depth] = RLENGTH - 5
    indent += widths[depth]
    number = 0
}

BEGIN { quotes["Dq"] = quotes["Qq"] = "\"\""; quotes["Sq"] = quotes["Ql"] = "''"; indent = 4; blank = 1 }

/^\.Bd/ { flush(); put(""); literal = 1; next }
/^\.Ed/ { literal = 0; next }
literal { print spaces(indent + 4) plain($0); blank = 0; next }
/^\.(Dd|Os)/ { next }
/^\.Dt/ { print $2 "(" $3 ")"; blank = 0; next }
/^\.Sh/ { section(substr($0, 5), 0); next }
/^\.Ss/ { section(substr($0, 5), 2); next }
/^\.Pp/ { flush(); put(""); next }
/^\.Bl/ { begin_list($0); next }
/^\.El/ { flush(); indent -= widths[depth--]; next }
/^\.It/ {
    flush()
    if (!compact[depth])
        put("")
    hang = widths[depth]
    mark = kinds[depth] == "1" ? ++number "." : kinds[depth] == "*" ? "*" : words(2, cut($0))
    next
}
/^\.Nd/ { add("- " substr($0, 5)); next }
/^\.Dl/ { flush(); put(spaces(indent + 4) words(2, cut($0))); next }
/^\./ {
    count = cut(substr($0, 2))
    if (part[1] == "Nm" && count > 1 && name == "")
        name = part[2]
    if (part[1] == "Nm" && synopsis)
        flush()
    add(words(1, count))
    next
}
{ add(plain($0)) }
END { flush() }
