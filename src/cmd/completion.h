/* The scripts that shells read. They ask `aiscaffold completion words -- WORD...` for everything,
 * so that they never fall behind the program. */
#ifndef AIS_CMD_COMPLETION_H
#define AIS_CMD_COMPLETION_H

/* bash takes '=' for the end of a word; here it is none, so words are joined, and what stands
 * before the '=' is taken off what is offered. */
static const char cmd_script_bash[] =
    "_aiscaffold() {\n"
    "    local words=() word line joined= i before=\n"
    "    for ((i = 1; i <= COMP_CWORD; i++)); do\n"
    "        word=${COMP_WORDS[i]}\n"
    "        if [[ $word == = || $joined ]] && ((${#words[@]})); then\n"
    "            words[-1]+=$word\n"
    "        else\n"
    "            words+=(\"$word\")\n"
    "        fi\n"
    "        [[ $word == = ]] && joined=yes || joined=\n"
    "    done\n"
    "    word=${words[-1]}\n"
    "    [[ $word == *=* ]] && before=${word%%=*}=\n"
    "    COMPREPLY=()\n"
    "    while IFS= read -r line; do\n"
    "        case $line in\n"
    "        :files | :folders)\n"
    "            compopt -o filenames 2>/dev/null\n"
    "            while IFS= read -r i; do COMPREPLY+=(\"$i\"); done < <(\n"
    "                [[ $line == :files ]] && compgen -f -- \"${word#\"$before\"}\" ||\n"
    "                    compgen -d -- \"${word#\"$before\"}\")\n"
    "            ;;\n"
    "        *)\n"
    "            line=${line%%$'\\t'*}\n"
    "            [[ $line == *= ]] && compopt -o nospace 2>/dev/null\n"
    "            COMPREPLY+=(\"${line#\"$before\"}\")\n"
    "            ;;\n"
    "        esac\n"
    "    done < <(\"${COMP_WORDS[0]}\" completion words -- \"${words[@]}\" 2>/dev/null)\n"
    "}\n"
    "complete -F _aiscaffold aiscaffold\n";

static const char cmd_script_zsh[] =
    "#compdef aiscaffold\n"
    "_aiscaffold() {\n"
    "    local line\n"
    "    local -a plain open\n"
    "    for line in \"${(@f)$($words[1] completion words -- \"${(@)words[2,CURRENT]}\" "
    "2>/dev/null)}\"; do\n"
    "        case $line in\n"
    "        :files) _files ;;\n"
    "        :folders) _files -/ ;;\n"
    "        *=$'\\t'*) open+=(\"${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}\") ;;\n"
    "        ?*) plain+=(\"${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}\") ;;\n"
    "        esac\n"
    "    done\n"
    "    (($#plain)) && _describe -t words word plain\n"
    "    (($#open)) && _describe -t words word open -S ''\n"
    "}\n"
    "compdef _aiscaffold aiscaffold\n";

static const char cmd_script_fish[] =
    "function __aiscaffold_words\n"
    "    set -l words (commandline -opc)\n"
    "    set -l current (commandline -ct)\n"
    "    for line in ($words[1] completion words -- $words[2..-1] $current 2>/dev/null)\n"
    "        switch $line\n"
    "            case :files\n"
    "                __fish_complete_path $current\n"
    "            case :folders\n"
    "                __fish_complete_directories $current\n"
    "            case '*'\n"
    "                echo $line\n"
    "        end\n"
    "    end\n"
    "end\n"
    "complete -c aiscaffold -f -a '(__aiscaffold_words)'\n";

#endif
