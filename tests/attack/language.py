"""Template texts that are made to run for ever, to grow without end, or to get at what they must not see."""

from scene import Scene, attack, expect

N = 10 ** 9
GROWING = (
    "{{ 'x' * 1000000000 }}", "{{ [0] * 1000000000 }}", "{{ 'x' * 10 ** 18 }}", "{{ 10 ** 10 ** 10 }}",
    "{{ 9 ** 9 ** 9 ** 9 }}", "{{ range(1000000000) | list }}", "{{ range(1000000000) | join }}",
    "{{ '%1000000000d' % 1 }}", "{{ '%*d' % (1000000000, 1) }}", "{{ '%.1000000000f' % 1.5 }}",
    "{{ '{:1000000000}'.format(1) }}", "{{ '{:{w}}'.format(1, w=1000000000) }}", "{{ 'x' | center(1000000000) }}",
    "{{ 'x'.ljust(1000000000) }}", "{{ 'x'.zfill(1000000000) }}", "{{ ('\\t' * 1000).expandtabs(1000000) }}",
    "{{ 'x\\ny' | indent(1000000000) }}", "{{ {'a': 1} | tojson(indent=1000000000) }}",
    "{{ ('x' * 1000000) | replace('x', 'x' * 1000000) }}", "{{ ('x' * 1000000).replace('', 'y' * 1000000) }}",
    "{{ ('x' * 1000000).join('x' * 1000000) }}", "{{ [1] | batch(1000000000, 0) | list }}",
    "{{ [1] | slice(1000000000) | list }}", "{{ 'x x x' | wordwrap(1, true, 'y' * 1000000) * 1000 }}",
    "{% set ns = namespace(x='x') %}{% for i in range(64) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    "{% set ns = namespace(x=[1]) %}{% for i in range(64) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    "{% set ns = namespace(x=2) %}{% for i in range(64) %}{% set ns.x = ns.x * ns.x %}{% endfor %}{{ ns.x }}",
    "{% for i in range(1000000) %}{{ 'x' * 1000 }}{% endfor %}",
    "{% set x %}{% for i in range(1000000) %}{{ 'x' * 1000 }}{% endfor %}{% endset %}",
    "{% set ns = namespace(l=[]) %}{% for i in range(100000000) %}{{ ns.l.append('x' * 10000) }}{% endfor %}",
    "{% set x = '<' * 30000000 %}{{ x | e | e | e | e }}", "{{ ('a' * 1000000) | list | map('center', 10000) | join }}",
    "{{ 1 << 1000000000 }}",
)
ENDLESS = (
    "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
    "{% for a in range(10 ** 15) %}{% endfor %}", "{{ range(10 ** 9) | sum }}", "{{ range(10 ** 9) | max }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    "{% include 'a.txt.jinja' %}", "{% import 'a.txt.jinja' as a %}", "{% extends 'a.txt.jinja' %}",
    "{% for x in [[1]] recursive %}{{ loop([[1]]) }}{% endfor %}",
    "{% set l = [1] %}{% for x in l %}{{ l.append(x) }}{% endfor %}",
    "{% set l = [] %}{{ l.append(l) }}{{ l }}", "{% set d = {} %}{{ d.update(a=d) }}{{ d | tojson }}",
    "{% set l = [] %}{{ l.append(l) }}{{ l == l + [] }}",
    "{% set ns = namespace(l=[]) %}{% for i in range(100000) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l }}",
    "{{ ('a' * 50000) in ('a' * 49999 + 'b') * 1000 }}",
    "{{ ('aaaaaaaaaaaaaaaaaaaab ' * 100000) | striptags | urlize | wordcount }}",
    "{{ (range(100000) | list) | unique | list | length * 1000 ** 3 }}" + "{{ 'x' }}" * 10,
    "{{ range(20000) | list | sort | map('string') | unique | groupby(0) | list | length }}",
)
DEEP = ("{% if true %}", "{% for x in [1] %}", "{{ (", "{{ [", "{{ {1:", "{{ not ", "{{ -", "{{ 1 + (", "{{ a.b[",
        "{% set x %}", "{% filter upper %}", "{% macro m() %}", "{% block b %}", "{{ 'a' if ", "{# ", "{% raw %}",
        "{{ 1" + " ** 1" * 100_000 + " }}", "{{ 'a'" + " | upper" * 100_000 + " }}",
        "{{ a" + ".b" * 100_000 + " }}", "{{ 1" + " + 1" * 100_000 + " }}", "{{ 1" + " if 1 else 1" * 100_000 + " }}",
        "{{ x" + "()" * 100_000 + " }}", "{{ 1" + " < 1" * 100_000 + " }}", "{{ 1" + " and 1" * 100_000 + " }}",
        "{{ 'a'" + " ~ 'a'" * 100_000 + " }}", "{{ 'a'" + " 'a'" * 100_000 + " }}", "{{ 1" + " is odd" * 100_000 + " }}",
        "{% if 1 %}" + "{% elif 1 %}" * 100_000 + "{% endif %}")
HOSTS = (
    "{{ ''.__class__ }}", "{{ template.__class__.__mro__ }}", "{{ self.__init__ }}", "{{ cycler.__init__.__globals__ }}",
    "{{ [].__class__.__base__.__subclasses__() }}", "{{ config }}", "{{ request }}", "{{ self._TemplateReference__context }}",
    "{{ lipsum.__globals__['os'].popen('id') }}", "{{ namespace.__init__.__globals__ }}", "{{ open('/etc/passwd') }}",
    "{{ environ }}", "{{ env('HOME') }}", "{{ 'HOME' | env }}", "{{ '/etc/passwd' | read }}", "{{ joiner.mro }}",
    "{{ '{0.__class__}'.format('') }}", "{{ '{0[__class__]}'.format({}) }}", "{{ '' | attr('__class__') }}",
    "{{ template | attr('__init__') }}", "{% for k in template.__dict__ %}{{ k }}{% endfor %}", "{{ _ }}", "{{ g }}",
    "{{ range.__self__ }}", "{{ 'id' | shell }}", "{{ loop }}", "{{ caller() }}", "{% do open('x') %}",
    "{% import 'os' as os %}{{ os.system('id') }}", "{{ ().__class__.__bases__[0] }}", "{{ 'x'.format.__self__ }}",
)


@attack(*GROWING)
def growing(scene: Scene, text: str) -> None:
    scene.template({"a.txt.jinja": text})
    scene.refuse_new(says="a.txt.jinja")
    scene.template({"a.txt.jinja": "{{ 'x' * 1000 }}"})
    scene.new()


@attack(*ENDLESS)
def endless(scene: Scene, text: str) -> None:
    scene.template({"a.txt.jinja": text})
    result = scene.run("new", "./t", "out", "-q")
    expect(result.status in (0, 3), str(result))
    if result.status:
        expect(not (scene.work / "out").exists() and result.err.count(b"\n") == 1, str(result))


@attack(*DEEP)
def deep(scene: Scene, text: str) -> None:
    text = text * 100_000 if len(text) < 100 else text
    scene.template({"a.txt.jinja": text})
    result = scene.run("new", "./t", "out", "-q")
    expect(result.status in (0, 3), str(result))
    (scene.work / "f").write_text(text)
    expect(scene.run("render", "f").status == (0 if not result.status else 3), "render says something else")


@attack(*HOSTS)
def host_objects(scene: Scene, text: str) -> None:
    scene.template({"a.txt.jinja": text})
    scene.refuse_new(says="a.txt.jinja")
    scene.template({"a.txt.jinja": "{{ template.name }}"})
    scene.new()


@attack("computed", "default", "when", "each", "to", "name", "answer")
def in_every_place(scene: Scene, place: str) -> None:
    """What files may not do, no other text of the template may either; an answer is never a template."""
    bomb = "'x' * 1000000000"
    tree = [{"from": "a.txt", "to": "a.txt"}]
    made = {"computed": {"variables": {"v": {"computed": "{{ " + bomb + " }}"}}},
            "default": {"variables": {"v": {"type": "string", "default": "{{ " + bomb + " }}"}}},
            "when": {"tree": [{**tree[0], "when": bomb}]}, "each": {"tree": [{**tree[0], "each": f"x in {bomb}"}]},
            "to": {"tree": [{**tree[0], "to": "{{ " + bomb + " }}"}]}}
    if place in made:
        scene.template(**made[place])
        scene.refuse_new("-y")
    elif place == "name":
        scene.template({"{{ " + bomb + " }}": "a\n"})
        scene.refuse_new()
    else:
        scene.template({"a.txt.jinja": "{{ v }}"}, variables={"v": {"type": "string"}})
        scene.new("-s", "v={{ " + bomb + " }}")
        expect((scene.work / "out/a.txt").read_text() == "{{ " + bomb + " }}", "the answer was rendered")
