"""Makes static/assets/fonts/*.woff2 from the npm package @fontsource-variable/source-serif-4.

    npm pack @fontsource-variable/source-serif-4@5.3.1 && tar xzf fontsource-variable-source-serif-4-5.3.1.tgz
    pip install fonttools==4.68.0 brotli==1.2.1
    python3 xtask/typeface.py package/files static/assets/fonts

Source Serif is narrowed to the weights that the style sheet uses and to the letters of one file each. The SIL Open Font
License lets changed versions be given away under another name only, so the family is called Annals Serif.
"""

import sys
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FAMILY = "Annals Serif"
LATIN_EXTENDED_A = range(0x100, 0x180)
# Name, file of the package, weights, letters.
FILES = [
    ("annals-serif", "source-serif-4-latin-wght-normal", (400, 600), lambda letter: True),
    ("annals-serif-extended-a", "source-serif-4-latin-ext-wght-normal", (400, 600), lambda letter: letter in LATIN_EXTENDED_A),
    ("annals-serif-extended", "source-serif-4-latin-ext-wght-normal", (400, 600), lambda letter: letter not in LATIN_EXTENDED_A),
    ("annals-serif-italic", "source-serif-4-latin-wght-italic", 400, lambda letter: True),
    ("annals-serif-italic-extended-a", "source-serif-4-latin-ext-wght-italic", 400, lambda letter: letter in LATIN_EXTENDED_A),
]
FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk"]  # digits are of one width as they are


def loaded_again(font):
    """What the instancer leaves half read, the subsetter cannot take."""
    file = BytesIO()
    font.flavor = None
    font.save(file)
    return TTFont(file, recalcTimestamp=False)


def rename(font):
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16, 25):
            name = str(record).replace("SourceSerif4", FAMILY.replace(" ", "")).replace("Source Serif 4", FAMILY)
            record.string = name


def main(package, target):
    for name, source, weights, wanted in FILES:
        font = TTFont(Path(package) / f"{source}.woff2", recalcTimestamp=False)
        font = loaded_again(instantiateVariableFont(font, {"wght": weights}))
        rename(font)
        options = Options(layout_features=FEATURES, hinting=False, name_IDs=["*"], glyph_names=False)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[letter for letter in font.getBestCmap() if wanted(letter)])
        subsetter.subset(font)
        font.flavor = "woff2"
        file = Path(target) / f"{name}.woff2"
        font.save(file)
        print(f"{file.stat().st_size:6} {file.name}")


main(*sys.argv[1:])
