"""Build: draw the documents, learn from the development part, write the model."""

from .config import Settings
from .dataset import Part, load, truth_digest, write_documents
from .digest import file_digest
from .extractor import look_at
from .labels import Lexicon, load_lexicon
from .model import Model, code_digest, lexicon_path, model_path, save_model
from .reader import read
from .training import Example, train


def build(settings: Settings) -> Model:
    """Build the model and write it; the test part is drawn, but never read here."""
    write_documents(settings)
    lexicon = load_lexicon(lexicon_path(settings))
    scorers, confidence = train(look_at_part(settings, "dev", lexicon), lexicon)
    model = Model(
        code_digest=code_digest(),
        labels_digest=file_digest(lexicon_path(settings)),
        dev_digest=truth_digest(settings, "dev"),
        scorers=scorers,
        confidence=confidence,
    )
    save_model(model, model_path(settings))
    return model


def look_at_part(settings: Settings, part: Part, lexicon: Lexicon) -> list[Example]:
    """Read the documents of a part, and find their candidates."""
    return [
        Example(look_at(read(one.pdf), lexicon), one.truth, one.layout)
        for one in load(settings, part)
    ]
