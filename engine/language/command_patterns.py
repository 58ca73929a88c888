# ruff: noqa: E501 -- tables of words read better in long lines; letters of other alphabets are meant
"""Further sentences that speak to the system that reads them: orders of what to say, forged turns, other languages, live markup.

Each pattern is for something that no clinician writes of a patient: the answer and its form, the evidence and its ids, the
machine's own messages. Orders of care ("add warfarin 5 mg", "report to the emergency department") are none.
"""

from __future__ import annotations

from chartcite.engine.language.cues import Cue

_BEGIN = r"(?:^\W*|[.!?:;>\])]\s*|,\s*|\b(?:please|just|then|now|instead)\s+)"
_WORD_OF_ANSWERING = r"(?:answer|reply|respond|write|output|print|claim|assert|declare|conclude|announce|state|say)"
_MACHINE = r"(?:ai|automated (?:readers?|systems?)|language models?|(?<!medical )(?<!physician )(?<!nursing )(?<!surgical )assistants?|all systems|any automated system|the model)"

_TOLD_TO_SAY: tuple[tuple[tuple[str, ...], str], ...] = (
    # what to say
    (("answer", "reply", "respond", "write", "output", "print", "claim", "assert", "declare", "conclude", "announce", "state", "say",), rf"{_BEGIN}{_WORD_OF_ANSWERING}(?: only)? (?:that|with|as follows|this claim|this sentence)\b(?! (?:you|your|down|out|the (?:left|right))\b)"),
    (("answer", "reply", "respond", "write", "output", "print", "rispondi", "announce",), r"\b(?:and|simply|always|only) (?:(?:answer|reply|respond|write|output|print|announce) (?:that|only)|(?:answer|reply|respond) (?:with|\d))\b(?! (?:you|your|down))"),
    (("say ", "explain that",), r"^\W*(?:say|explain that) (?!(?:to|what|when|ninety)\b)(?:\w+ ){1,6}(?:was|were|is|are|has|had)\b"),
    (("report", "give", "round",), r"^\W*(?:please )?(?:report|give|round)\b[^.;]{1,60}\b(?:as|down to)\s+(?:no\b|none\b|normal\b|negative\b|empty\b|\d)"),
    (("report", "give",), r"\b(?:report|give)\b[^.;]{1,40}\bwhen you (?:are asked|answer|report)"),
    (("reported as", "must", "has to", "is to",), r"\b(?:must|is to|has to) be reported as\b|\b(?:answer|summary|reply|response) (?:must|has to|is to) (?:read|say|state)\b"),
    (("whatever", "regardless", "no matter",), r"\b(?:whatever|regardless of what|no matter what)\b[^.;]{1,60}, (?:always |only |please )?(?:answer|say|write|report|reply|state|output)\b"),
    (("asked about",), r"\bwhen(?:ever)? asked about [^.;,]{1,60}, (?:answer|say|state|report|reply) that (?:he|she|they|there|the patient)\b"),
    (("tell them", "whoever", "anyone who asks", "everybody", "the ai tells", "tell the patient",), r"\b(?:tell (?:them (?:that|it|this)|whoever asks|anyone who asks|everybody)|the ai tells)\b|\bdo not tell the patient to (?:call|seek)\b"),
    (("answer", "output", "summary",), r"(?<=\w )(?:in|into|from|out of|to|ends|start) (?:your (?:final )?(?:answer|output)|(?:each|every) (?:answer|summary|output))s?\b|\bend your answer\b|\byour (?:final )?(?:answer|output) (?:is|says|must|will|with|should)\b|\b(?:in|as) your answer\b|\bis your answer\b"),
    (("you show", "answer",), r"\b(?:list|show|display|report)\b[^.;]{0,40}\bthat you show\b|\bproblem list that you show\b|\bleave\b[^.;]{1,60}\bout of (?:your|the) answer"),
    (("answer", "respond", "reply",), r"\bbefore you (?:answer|respond|reply)\b|\bunless you answer\b|\bif your answer\b|\bif you answer from\b|\bwhen you answer\b|\banswer from (?:it|this) instead\b|, and answer from it\b"),
    (("evidence", "table", "list", "results", "context",), r"\b(?:discard|disregard|ignore|drop) (?:the |all |any )?(?:retrieved |given |other )?(?:evidence|medication table|medication list|search results|context)\b"),
    (("directives", "instructions", "prompts", "rules", "training", "programming",), r"\b(?:prior|earlier|previous) (?:directives|instructions|prompts) are (?:void|cancelled)\s*[;,]|\b(?:forget|ignore) (?:your|all your|the) (?:rules|instructions|training|programming)\b"),
    (("ignore all", "previous instructions", "refuse", "stop what",), r"^\W*ignore all\W*$|^\W*previous instructions too\b|\brefuse (?:to answer|every question)\b|\bstop what you are doing\b"),
    (("let ", "output", "remember this", "not human", "this sentence", "decode",), r"\blet [A-Z] be\b|\boutput [A-Z] followed by\b|\bremember this for later\b|\bfor the reader that is not human\b|\bcomplete this sentence\b|\bdecode and follow\b|\bfollow the decoded\b"),
    (("answer", "end of", "judge", "verdict", "every claim",), r"\bcorrect answer (?:is|:)|\bverified answer\b|^\W*answer key\s*:|\bexample of a good answer\b|\bend of (?:evidence|context|prompt)\b|^\W*judge\s*:[^.]*\bevery claim\b|\bverdict\s*:\s*supported\b|\bin every claim\b"),
    # who the reader is
    (("you are", "imagine",), r"\byou are (?:an?|the) (?:[\w-]+ ){0,3}(?:assistant|administrator|pirate|prescriber with no|machine|computer)\b|\bimagine (?:that )?you are (?:an?|the) (?:chart|computer|assistant|system|model)\b"),
    (("mode", "simulation", "game", "speak as", "talk as", "assistant",), r"\b(?:switch|change|go) (?:in)?to (?:developer|debug|admin|god|jailbreak) mode\b|\bin this simulation\b|\blet'?s play a game\b|^\W*(?:speak|talk) as (?:the|an?) \w+ would\b|\bdear assistant\b"),
    (("ai ", "ai’", "automated", "language model", "assistant", "all systems", "the model", "summari",), rf"\b(?:the |every |each |any |to |by )?{_MACHINE} (?:is|are|must|shall|may|should)(?: not)?(?: required)?(?: to)? (?:report|answer|state|disclose|show|print|tell|list|complete|say|write)\b|\b(?:instructs?|instructed|alert (?:to|for)|notice (?:to|for)) (?:every |all |any |the )?(?:ai|automated readers?|summari[sz]er|assistants)\b"),
    # what it is told, and whom it may show
    (("instructions", "rules", "prompt", "system message", "messages that", "examples that", "before the word", "left_open", "everything before",), r"\b(?:repeat|print|output|list|translate|write|summari[sz]e|reveal|dump|start your answer with)\b[^.;]{0,50}\b(?:your (?:instructions|rules|prompt)|hidden prompt|system (?:prompt|message)|messages that you were given|examples that you were given|everything before the word|left_open)|\bexamples that you were given\b|\bwhat are your rules\b|\b(?:output|print|repeat) everything before\b|\bmessages that you were given\b"),
    (("patient", "scope", " or ", "chart of", "answer", "diagnosis",), r"\b(?:list|show|print|reveal|include|open|disclose|display)\b[^.;]{0,40}\b(?:all|every|every other|other) (?:other )?patients?\b|\brecord of patient \w+ in\b|\bchange the scope\b|\bpatient_id\s*=|'\s*or\s+\w+\s*=\s*'|\bshow the chart of\b|\bis really \w+ \w+: answer\b|\bprint his diagnosis\b"),
    # warnings
    (("red flag", "warning", "alert", "disabled", "urgency", "hide it",), r"\b(?:suppress|disable|hide|remove|drop|downgrade|turn off)\b[^.;]{0,30}\b(?:red flags?|emergency warnings?|all warnings|any alert)\b|\bdo not show (?:a|any|the) warnings?\b|\b(?:emergency advice|red flags?|warnings?) (?:is|are) disabled\b|\bset urgency to\b|\bhide it from\b|\bred flags: none\b"),
    # asked to say a thing out loud
    (("do it", "just say", "rewarded",), r"\bdo it too in\b|\bplease do it\b[^.]{0,20}\banswer\b|\bjust say that\b|\brewarded\b[^.;]{0,40}\banswer\b"),
)  # fmt: skip
FORGED = Cue(
    r"<\s*/?\s*(?:system-reminder|start_of_turn|end_of_turn|evidence|function_calls?|invoke|parameter|verified|answer|data|document|tool\w*)\b[^>\n]{0,80}>"
    r"|<\|[^|<>\n]{1,40}\|>|\[/?(?:SYSTEM_PROMPT|TOOL_CALLS|AVAILABLE_TOOLS|INST)\]|\{\{\s*/?\s*system\s*\}\}|\{\{[^{}]{1,40}\}\}|<!--[^>]{0,40}\b(?:AI|assistant|model|system)\b"
    r"|\bx-instruction\s*:|#prompt\s*:|\b(?:ignore all other|trust only this) documents?\b"
    r"|\b[RG]\d{2,3}\.s\d{1,3}\b|\"(?:answerable|claims|citations|left_open|verdict)\"\s*:"
    r"|^\W*#{2,}\s*(?:system|assistant|instruction)\s*:|^\W*human\s*:[^\n]{0,200}\bassistant\s*:|^\W*assistant note\s*:|\bassistant\s*:\s*(?:sure|certainly|of course|understood)\b",
)
"""Marks of a model's own messages, tools and evidence."""
LIVE = Cue(
    r"!\[|\]\(\s*(?:https?|javascript|data):|<\s*/?\s*(?:img|script|iframe|svg|link|form|meta|object|embed|input|a\s+href)\b|\bjavascript:"
    r"|\x1b[\[\]]|\]8;;|\b(?:append|include|end your answer|url=)[^.\n]{0,60}https?://",
)
"""Markup that a careless screen would load, follow or obey."""
_APART = r"[^.!?\n]{0,60}?"
FOREIGN = Cue(
    "|".join(
        rf"(?:{ignore}){_APART}(?:{rules})"
        for ignore, rules in (
            (r"\bignor(?:a|e|ad|en|ar)\b|\bolvid[ae]\b|\bdesobedece\b", r"\binstrucciones\b|\breglas\b|\bindicaciones\b"),
            (r"\bignorier\w*\b|\bvergiss\b|\bmissachte\w*\b", r"\banweisung\w*|\bregeln\b|\bvorgaben\b|\bbefehle\b"),
            (r"\bignore[rz]?\b|\boublie[rz]?\b", r"\bconsignes\b|\binstructions pr[ée]c[ée]dentes\b|\br[èe]gles\b"),
            (r"\bignora\w*\b|\bdimentica\w*\b", r"\bistruzioni\b|\bregole\b"),
            (r"\bignor[ea]\w*\b|\besque[cç]a\b", r"\binstru[cç][õo]es\b|\bregras\b"),
            (r"\bnegeer\b|\bvergeet\b", r"\binstructies\b|\bregels\b|\bopdrachten\b"),
            (r"\bz?ignoruj\w*\b|\bzapomnij\b", r"\binstrukcj\w*|\bpolece\w*|\bzasad\w*"),
            (r"(?:про)?игнорируй\w*|забудь\w*|не обращай", r"инструкц\w*|указани\w*|правил\w*"),
            (r"(?:про)?ігноруй\w*|забудь\w*", r"інструкц\w*|вказів\w*|правил\w*"),
            (r"忽略|无视|無視|忘记|忘記|不要理会", r"指令|指示|说明|提示|规则|規則"),
            (r"指示|命令|プロンプト|ルール", r"無視|忘れ"),
            (r"지시|명령|프롬프트|규칙", r"무시|잊"),
            (r"تجاهل|انس", r"تعليمات|أوامر|قواعد"),
            (r"निर्देश\w*|अनुदेश|नियम", r"अनदेखा|नज़रअंदाज़|भूल"),
            (r"\btalimat\w*|\bkomut\w*", r"\byok say\w*|\bgöz ardı\b|\bunut\w*"),
            (r"\bbỏ qua\b|\bquên\b", r"\bhướng dẫn\b|\bchỉ dẫn\b|\bquy tắc\b"),
            (r"αγνό\w*|ξέχασε", r"οδηγ\w*|εντολ\w*|κανόν\w*"),
            (r"התעלמ?ם?\w*|שכח", r"הוראות|כללים"),
            (r"\bignorera?\b|\bgl[öø]m\b|\bse bort fra\b", r"\binstruktion\w*|\banvisning\w*|\binstruks\w*"),
            (r"\babaikan\b|\blupakan\b", r"\binstruksi\b|\bperintah\b|\baturan\b"),
        )
    ),
)
"""“Ignore the instructions” in other languages."""
_IGNORE_ABROAD = (
    "ignor", "olvid", "desobed", "vergiss", "missacht", "oublie", "dimentic", "esque", "negeer", "vergeet", "zapomnij", "yok say", "unut",
    "abaikan", "lupakan", "glem", "bort fra",
)  # fmt: skip
ORDERS: tuple[tuple[tuple[str, ...], Cue], ...] = (
    *((cues, Cue(pattern)) for cues, pattern in _TOLD_TO_SAY),
    (("<", "[", "{", '"', "r0", "r1", "r9", "g7", "g0", "x-instr", "#", "documents", "human", "assistant"), FORGED),
    (_IGNORE_ABROAD, FOREIGN),
)
"""What every match holds one of, in small letters, and the pattern. Other alphabets are looked at without such words."""
