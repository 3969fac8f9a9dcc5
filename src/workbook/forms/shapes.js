// @ts-check
/**
 * The shapes that Python and the page hand to each other. Types only: nothing here runs or ships.
 *
 * @typedef {{id: string, label: string, mark: string, colour?: number | null}} Voice
 * @typedef {{id: string, label: string}} Choice
 * @typedef {[string, boolean][]} Runs  words, and whether they differ from the other side's
 * @typedef {{voice: Voice, line: number, chain: Voice[], reconstructed: Voice[]}} Reveal  whose words a
 *   passage is, and the voices that stand behind it
 * @typedef {{id: string, label: string, original?: Runs, copy?: Runs, means?: string, what?: string,
 *   origin?: string, reached_us?: string, words?: string, reveal?: Reveal | null}} Row
 * @typedef {{id: string, label: string, words: string, source: string, line: number | null}} Column
 * @typedef {{id: string, line: number, text: string, voice: Voice}} Source
 * @typedef {[number, number, boolean]} Token  start, end (code points), and whether it counts as a word
 * @typedef {{id: string, post: string, by: string, line: number | null, text: string, tokens: Token[],
 *   voice?: Voice | null}} Passage
 * @typedef {{words: string, tokens: number[]}} Cue
 * @typedef {{id: string, label: string, stage: string, question: string, anchors: string[]}} Dial
 * @typedef {{id: string, label: string, sets: Record<string, number>, why: string}} Find
 *
 * @typedef {object} Face  one exercise as a learner may see it: no answers inside
 * @property {string} case
 * @property {string} id
 * @property {number} revision
 * @property {"choice" | "choices" | "mark" | "chain" | "order" | "certainty" | "classify" | "drift" | "number" | "matrix" | "provenance" | "write" | "rate" | "column"} kind
 * @property {string} title
 * @property {string} prompt
 * @property {string | null} reading
 * @property {string | null} proposition
 * @property {Passage | null} passage
 * @property {Voice[]} voices
 * @property {[string, Voice[]][]=} others  more voices, by kind, to be chosen from a list
 * @property {Choice[]} options
 * @property {Row[]} rows
 * @property {Column[]=} columns  of a matrix
 * @property {boolean=} shares  whether a matrix asks for points before and after
 * @property {Choice[]} values
 * @property {string | null} unit  of a number
 * @property {{least: number, most: number} | null=} words  how many are asked for
 * @property {Source[]} sources  further texts shown or quoted from
 * @property {Dial[]=} dials  that are set here
 * @property {string=} unknown  the sentence beside N
 * @property {string=} claim  what a passage is rated for
 * @property {string=} original  the words that a passage was copied from
 * @property {Reveal | null=} reveal  shown once the first look is kept
 * @property {Choice[]=} finds  that could still be made
 * @property {string[]} hints
 * @property {number} tries
 * @property {boolean=} cued  whether the passage has cue words
 * @property {boolean=} keyless  the key is with the teacher: answers are recorded, and no more
 *
 * @typedef {object} Reading  one defensible answer
 * @property {any} answer
 * @property {string | null} because
 * @property {string} worked
 * @property {string[][]=} chains
 * @property {number[] | null=} minimal
 * @property {number[] | null=} maximal
 * @property {number=} tolerance
 *
 * @typedef {object} Mistake
 * @property {any} answer
 * @property {number[] | null=} tokens
 * @property {number[] | null=} touches
 * @property {string | null=} has
 * @property {string | null=} lacks
 * @property {[string, string] | null=} before
 * @property {number | null=} tolerance
 * @property {string} code
 * @property {string} reply
 *
 * @typedef {object} Key
 * @property {Reading[]} readings
 * @property {Mistake[]} mistakes
 * @property {string} fallback
 * @property {string} because
 * @property {string} worked
 * @property {Record<string, Record<string, string[]>>=} defended  of a matrix: the values we would defend
 * @property {Record<string, {low: number, high: number, unknown: boolean}>=} reading  how we set dials
 * @property {Find[]=} finds
 * @property {{simulated: boolean, raters: number,
 *   dials: Record<string, Record<string, number>>}=} class  how a class set the dials
 * @property {Cue[]=} told  the passage's cues
 * @property {any=} write  what a written answer is checked against
 *
 * @typedef {"correct" | "partly" | "not yet" | "unanswered" | "noted" | "recorded"} Verdict
 *
 * @typedef {object} Feedback
 * @property {string} exercise
 * @property {Verdict} verdict
 * @property {number} score
 * @property {number} points
 * @property {number} best
 * @property {number} tries
 * @property {number} tries_left
 * @property {boolean} closed
 * @property {string} reply
 * @property {string} part
 * @property {string | null} worked
 * @property {string | null} because
 * @property {string[]} alternatives
 * @property {Cue[]=} told  the passage's cues, once the exercise is solved
 * @property {string | null} code
 *
 * @typedef {Record<string, any>} Words  words.json, whole
 *
 * @typedef {object} Body  what every face gives to the frame around it
 * @property {HTMLElement} element
 * @property {() => unknown} read  the answer as a plain value, or null while there is none
 * @property {() => string} missing  what is still open, as a sentence; "" when the answer is whole
 * @property {(answer: unknown) => void} show  puts an earlier answer back
 * @property {((answer: unknown) => void)=} kept  an answer of this form was kept: the next step may open
 * @property {(() => string)=} action  what the button says now; left out, what it always says
 * @property {boolean=} holdsPassage  true when the face shows the passage itself
 *
 * @typedef {object} Bench  what the frame gives to a face
 * @property {Face} face
 * @property {Words} words
 * @property {string} uid  a prefix for ids, unique on the page
 * @property {(sentence: string) => void} say  speaks without moving the focus
 * @property {() => void} changed
 */
export {};
