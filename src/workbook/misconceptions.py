"""What the codes of likely mistakes stand for, in a teacher's words.

Learners never see a code; each mistake has a reply of its own for them, and what their own progress
says of it stands in ``words.json``.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["MISCONCEPTIONS", "Misconception"]


class Misconception(NamedTuple):
    """A likely mistake: what happens in it, and something to do about it with a class."""

    name: str
    lesson: str


MISCONCEPTIONS = {
    "M1": Misconception(
        "Whoever quotes is taken for the author",
        "Put one sentence on the board, cover the part before the quotation mark, and ask who "
        "wrote what is left. Then uncover it.",
    ),
    "M2": Misconception(
        "A voice in the middle is skipped",
        "Let the class act the chain: one person for each voice, and nobody may pass on what "
        "the person before did not say.",
    ),
    "M3": Misconception(
        "Whoever the sentence is about is taken for its source",
        "Put “according to …” with that name in front of the sentence, and ask whether it still "
        "says the same.",
    ),
    "M4": Misconception(
        "Passing on is taken for agreeing",
        "Ask for one word by which the outer voice agrees. Where nobody finds one, write “passes "
        "on” beside the name.",
    ),
    "M5": Misconception(
        "What a phrase takes for granted is taken for evidence",
        "Strike out phrases such as “the fact that”, and look for support in what remains.",
    ),
    "M6": Misconception(
        "A claim is read as surer, or less sure, than it is worded",
        "Collect the small words (may, perhaps, or, no doubt) and ask of each which half it "
        "weakens.",
    ),
    "M7": Misconception(
        "“Not shown” is read as “false”",
        "Sort sentences into three heaps: says yes, says no, leaves it open.",
    ),
    "M8": Misconception(
        "Marks of distance or irony are taken at face value",
        "Look the marked words up in the post of whoever is said to have said them.",
    ),
    "M9": Misconception(
        "A question is read as a claim",
        "Write down what the question asks for, and beside it what it only hints at.",
    ),
    "M10": Misconception(
        "An unnamed voice is given a name, or two voices are made one",
        "Write down what the text calls this voice. Write the guess, and its reason, elsewhere.",
    ),
    "M11": Misconception(
        "A means to an end is read as a belief",
        "Write the purpose out: required by whom, and what for?",
    ),
    "M12": Misconception(
        "A voice’s words are carried too far, or cut too short",
        "Read the sentence aloud in voices, and change speaker at each mark and each line’s end.",
    ),
}
