import a


def test_a():
    assert a
