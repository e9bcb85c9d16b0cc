"""Makes static/assets/fonts/*.woff2 and src/cards/faces/*.ttf from the npm package @fontsource-variable/source-serif-4.

    npm pack @fontsource-variable/source-serif-4@5.3.1 && tar xzf fontsource-variable-source-serif-4-5.3.1.tgz
    pip install fonttools==4.68.0 brotli==1.2.1
    python3 xtask/typeface.py package/files static/assets/fonts src/cards/faces

Source Serif is narrowed to the weights that the style sheet uses. Latin Extended-A, which names such as Erdoğan need, shares
a file with the Latin letters, because every font file that arrives triggers another layout. The SIL Open Font License allows
modified versions only under another name, so the family is called Annals Serif. The faces of social cards have all letters in
one file, because only the build reads them: Latin, Vietnamese, Cyrillic and Greek, in a cut for large sizes. Every run produces the same letters, but not
the same bytes: they contain the time, and the merger does not keep an order.
"""

import sys
from io import BytesIO
from pathlib import Path

from fontTools import varLib
from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
from fontTools.merge import Merger, Options as MergeOptions
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FAMILY = "Annals Serif"
REGULAR, SEMIBOLD = 400, 600
LATIN_EXTENDED_A = range(0x100, 0x180)
SUBSETS = ["latin", "latin-ext", "vietnamese", "cyrillic", "cyrillic-ext", "greek"]
FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk"]  # digits are of one width as they are


def copy(font):
    """What one tool leaves half read, the next cannot take."""
    file = BytesIO()
    font.flavor = None
    font.save(file)
    return TTFont(file, recalcTimestamp=False)


def narrowed(source, weights, wanted):
    font = copy(instantiateVariableFont(TTFont(source, recalcTimestamp=False), {"wght": weights}))
    subsetter = Subsetter(Options(layout_features=FEATURES, hinting=False, name_IDs=["*"]))
    subsetter.populate(unicodes=[letter for letter in font.getBestCmap() if wanted(letter)])
    subsetter.subset(font)
    return font


def with_extended_a(package, style, weight):
    """One weight of the Latin letters, joined by Latin Extended-A."""
    files = []
    for subset, wanted in (("latin", lambda letter: True), ("latin-ext", lambda letter: letter in LATIN_EXTENDED_A)):
        file = BytesIO()
        narrowed(package / f"source-serif-4-{subset}-wght-{style}.woff2", weight, wanted).save(file)
        file.seek(0)
        files.append(file)
    return copy(Merger(MergeOptions(drop_tables=["BASE", "STAT"])).merge(files))


def variable(regular, semibold):
    design = DesignSpaceDocument()
    design.addAxis(AxisDescriptor(tag="wght", name="Weight", minimum=REGULAR, default=REGULAR, maximum=SEMIBOLD))
    for font, weight in ((regular, REGULAR), (semibold, SEMIBOLD)):
        design.addSource(SourceDescriptor(font=font, location={"Weight": weight}))
    return varLib.build(design)[0]


def of_card(package, weight, size):
    """One weight of all letters, cut for a size in points."""
    files, known = [], set()
    for subset in SUBSETS:
        source = TTFont(package / f"source-serif-4-{subset}-standard-normal.woff2", recalcTimestamp=False)
        font = copy(instantiateVariableFont(source, {"wght": weight, "opsz": size}))
        letters = [letter for letter in font.getBestCmap() if letter not in known]
        known.update(letters)
        subsetter = Subsetter(Options(layout_features=FEATURES, hinting=False, name_IDs=["*"]))
        subsetter.populate(unicodes=letters)
        subsetter.subset(font)
        file = BytesIO()
        font.save(file)
        file.seek(0)
        files.append(file)
    return copy(Merger(MergeOptions(drop_tables=["BASE", "STAT"])).merge(files))


def save(font, file, flavor="woff2"):
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16, 25):
            record.string = str(record).replace("SourceSerif4", FAMILY.replace(" ", "")).replace("Source Serif 4", FAMILY)
    font["post"].formatType = 3.0  # no names of glyphs
    font.recalcTimestamp = False
    font.flavor = flavor
    font.save(file)
    print(f"{file.stat().st_size:6} {file.name}")


def main(package, target, cards):
    package, target, cards = Path(package), Path(target), Path(cards)
    upright = [with_extended_a(package, "normal", weight) for weight in (REGULAR, SEMIBOLD)]
    save(variable(*upright), target / "annals-serif.woff2")
    save(with_extended_a(package, "italic", REGULAR), target / "annals-serif-italic.woff2")
    rest = lambda letter: letter not in LATIN_EXTENDED_A
    save(narrowed(package / "source-serif-4-latin-ext-wght-normal.woff2", (REGULAR, SEMIBOLD), rest), target / "annals-serif-extended.woff2")
    for name, weight, size in (("regular", REGULAR, 20), ("semibold", SEMIBOLD, 40)):
        save(of_card(package, weight, size), cards / f"annals-serif-{name}.ttf", flavor=None)


main(*sys.argv[1:])
