"""Families of cues in professionals' words: a diagnosis or finding of an emergency beside what makes it one of now.

A bare term ("melena") may be looked up in a record, and raises nothing; beside a second finding, a measurement, a course or an
action under way it is told. Terms of an action under way ("CPR in progress") tell of now by themselves. Rules of ours after the
sources of their topics, in our own words, not yet reviewed by a clinician.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from chartcite.engine.red_flags.red_flag_cues import ANYWHERE, Cue, cue

_WORSE = "drowsy|drowsier|confus*|gcs|vomit*|headache|faint*|presyncope|syncope|collapse*|clammy|pale|dropping|falling|fallen|dropped|worse|worsening|spread*|new|now|acute*|sudden*|since|today|this morning|hour|min|minute|ongoing|still|getting|deteriorat*|tachycard*|bradycard*|hypotens*|shock*|unwell|rigor*|septic|febrile|in pain|agony|severe|peritonitic|unstable"
_VITAL = r"/(?:bp|hr|rr|map|sbp|sat|spo2|lactate|hb|inr|gcs|crt|t|temp|hcg|ck|ph|k|na|iop|fvc|wcc|crp|qrs|news|news2|cohb|esr) (?:of |is |was |now |only |down to )?\d[\d.]*"
_BAD = f"{_WORSE}|{_VITAL}"

CLINICAL_FAMILIES: dict[str, tuple[Cue, ...]] = {
    "self_harm": (
        cue("ligature|noose|hanging|hung", "tied|tying|neck|rail|cut down|found|around|removed|attempt*|fixed", within=8, acute=True),
        cue("blade|razor|scissors|glass|knife|sharp", "cutting|cut|self harm*|refus* to hand|wont hand|locked in|toilet|bathroom|wrist|threatening", "patient|pt|he|she|resident|client|service user", within=ANYWHERE, acute=True),
    ),
    "harm_to_others": (
        cue("command hallucination|command voice|commanding voice|persecutory|paranoid|psychotic|manic|delusion*", "kill|stab|harm|hurt|attack|weapon|knife|gun|mother|wife|neighbor|staff|fire", within=ANYWHERE, acute=True),
        cue("excited delirium|acute behavioral disturbance|abd|restrain*|rapid tranq*", "quiet|limp|not breathing|cyanos*|prone|hot|unresponsive|naked|violent|sat", within=ANYWHERE, acute=True),
    ),
    "overdose": (
        cue("overdose|od|toxicity|poisoning|poisoned|ingest*|staggered|intoxicat*|exposure|toxic", r"qrs|gram|mg|g|level|hour|tablet|/\d+g|drowsy|seiz*|hr|brady*|ataxi*|tremor|acidosis|lactate|cohb|vision|blurr*|twitch*|gcs|vomit*|confus*", within=10, acute=True),
        cue("lithium", "/(?:1\\.[5-9]|[2-9])(?:\\.\\d+)?", "tremor|atax*|confus*|vomit*|drows*|slur*|jerk*|twitch*|diarrhea", within=ANYWHERE, acute=True),
        cue("cohb|carboxyhemoglobin|methemoglobin*|cholinergic|sludge|organophosphate|cyanide|paraquat|ethylene glycol|methanol|antifreeze", _BAD + r"|/\d+|fire|exposure|dribbl*|sweat*|pupil|ingest*|drank|swallowed|blurr*|spray*", within=ANYWHERE, acute=True),
        cue("local anesthetic|block|bupivacaine|lidocaine", "tingl*|perioral|seiz*|arrest|twitch*|metallic", "after|block|infiltrat*|mouth|lip|now", within=ANYWHERE, acute=True),
    ),
    "chest_pain": (
        cue("heart block|mobitz|/type (?:2|ii|two) (?:heart )?(?:av )?block|broad complex|wide complex|vt|ventricular tachycardia|pacing|icd storm|electrical storm", _BAD + r"|feeling|dizz*|rate|shock*|storm|capture|/\d+", within=ANYWHERE, acute=True),
    ),
    "breathing": (
        cue(r"niv|bipap|high flow|optiflow|nonrebreath*|/\d+ ?l (?:o2|oxygen|nrb)", "exhaust*|tiring|tired|drowsy|desat*|worse|sat|ph|hypercapn*|intubat*|silent|struggling|failing", within=ANYWHERE, acute=True),
        cue("apnea|apneic|apneas|resp* rate 4|bagging|bag valve|hand bagging|ludwig*|tracheal deviation|sucking chest|flail chest", _BAD + "|tongue|call|baby|neonate|bay|elevated|chest|blue|brady*|airway|drool*", within=ANYWHERE, acute=True),
        cue("quinsy|peritonsillar abscess|parapharyngeal|retropharyngeal|epiglott*|deep neck", "trismus|drool*|stridor|airway|cant swallow|muffled|tripod|voice|neck swelling|unable", within=ANYWHERE, acute=True),
        cue("inhalation injury|soot|singed|smoke inhalation|airway burn", "airway|hoarse|stridor|nose|mouth|burn|carbonaceous|voice|cough*|face", within=ANYWHERE, acute=True),
    ),
    "anaphylaxis": (
        cue("anaphyla*", "adrenaline|epinephrine|second dose|2nd|hypotens*|stridor|wheez*|after|post|ongoing|refractory|/im x", "adrenaline|epinephrine|given|running|minute|min|now|hypotens*|stridor|wheez*|ongoing|refractory|still", within=ANYWHERE, acute=True),
        cue("stridor|urticaria|angioedema|bronchospasm|flushing|wheez*", "coamox*|co amox*|antibiotic|penicillin|iv|infusion|contrast|pill|dose|ace inhibitor|teicoplanin|sugammadex|rocuronium|nsaid|injection|vaccine|blood product|transfusion", "min|minute|after|post|now|sys|bp|tongue|hypotens*|swelling|throat", within=ANYWHERE, acute=True),
    ),
    "stroke": (
        cue("slump*|leaning|gaze|drift|droop*", "left|right|l|r", "neglect|last seen well|lsw|weak*|dysphasi*|hemi*|found|gcs", within=ANYWHERE, acute=True),
        cue("basilar|locked in|carotid dissection|vertebral dissection|cerebral venous|sinus thrombosis|subdural|extradural|sah|subarachnoid|intracranial bleed|intracranial hemorrhage|cerebellar", _BAD + "|locked in|weak*|anticoagulant|apixaban|warfarin|thrombosis|neck", within=ANYWHERE, acute=False),
        cue("wernicke*|ophthalmoplegia|nystagmus|hemiballism*", "confus*|ataxi*|acute*|new|today|alcohol|drink*|malnourish*|bg", within=ANYWHERE),
    ),
    "unconscious": (
        cue("mhp|major hemorrhage|massive transfusion|crash call|2222|met call|rapid response|rrt|arrest call|cardiac arrest|peri arrest|periarrest|cpr|rosc|asystole|pea|vf|unrecordable", "activated|bay|call|running|now|progress|unrecordable|apneic|apnea|in|bed|ongoing|shock|cycle|down|unit|hypotens*|pt|patient|minute|min|adrenaline", within=ANYWHERE, acute=True),
        cue("gcs", r"dropp*|drop|fell|fallen|falling|from 1\d|down to|deteriorat*|now 1[0-4]", within=5, acute=True),
        cue("fixed dilated|fixed and dilated|blown|unequal|dilated unreactive|unreactive", "pupil", within=5, acute=True),
        cue("hypercalc*|hypernatr*|hyponatr*|myxedema|hypercapn*|hyperammon*|uremi*|encephalopath*", r"drows*|confus*|coma|seiz*|obtund*|gcs|twitch*|/t 3\d|hr", within=ANYWHERE),
    ),
    "seizure": (
        cue("status|status epilepticus", "lorazepam|midazolam|diazepam|dose|minute|min|ongoing|levetiracetam|phenytoin|refractory|second|fitting|pill", within=ANYWHERE, acute=True),
    ),
    "sepsis": (
        cue("nec fasc|necrotizing fasciitis|necrotising fasciitis|fournier*|gas gangrene|crepitus|toxic shock|ludwig*|purpura fulminans", _BAD + "|groin|scrot*|tampon|spread*|up to|pain out|perine*|erythroderma|skin|leg|elbow|debride*|theater", within=ANYWHERE, acute=True),
        cue("obstructed kidney|obstructed infected|infected obstructed|pyonephrosis|cholangitis|septic arthritis|empyema|leak|peritonitis|peritonitic|line sepsis|urosepsis|epidural abscess|spinal abscess|discitis|mediastinitis|endocarditis", "rigor*|febrile|fever*|shock*|jaundic*|tachycard*|hypotens*|septic|peritonitic|rigid|distend*|confus*|day|lactate|t|spik*|unwell|weak*|numb*|stone", within=ANYWHERE),
    ),
    "meningitis": (
        cue("nonblanching|non blanching|purpuric|petechial|meningococcal|meningism|nuchal rigidity|kernig*|brudzinski*|photophobi*|bulging fontanel*", _BAD + "|rash|photophob*|fever*|spread*|neck|headache|crt|mottl*|floppy", within=ANYWHERE, acute=False),
    ),
    "bleeding": (
        cue("melena|hematemesis|hemoptysis|epistaxis|hematuria|pr bleed*|rectal bleed*|variceal|gi bleed*|pph|aph|hemoperitoneum|retroperitoneal|expanding hematoma|pulsatile|secondary hemorrhage|rebleed*|bleed", _VITAL + "|shock*|hypotens*|tachycard*|ongoing|still|trickl*|torrential|clot*|varices|pour*|soak*|spit*|spurt*|mass|faint*|syncope|active*|/\\d(?:\\.\\d)? ?(?:l|litre|liter)s?|/\\d+ ?ml|angio|post op|tonsil*|x2|x3|x4|pulsatile", within=ANYWHERE, acute=False),
        cue("fistula|graft|shunt|stoma|varicose|angio site|groin|sheath site|drain|central line|art line", "bleed*|blood*|hemorrhag*|soak*|spurt*|hematoma", "through|soak*|wont|not stopping|despite|pressure|pad|arm|pulsatile|mass|expand*|hr|bp|pouring", within=ANYWHERE, acute=True),
        cue("hb|hgb|hemoglobin", "/(?:[3-6]\\d|[3-6]\\.\\d)(?! over)", within=4),
        cue("inr", "/(?:[6-9]|1\\d|>8)(?:\\.\\d+)?|unrecordable|over 8", "headache|bleed*|fall|fell|bruis*|melena|hematuria|confus*|drows*|bite|snake", within=ANYWHERE, acute=True),
        cue("stab*|stabbing|gsw|gunshot|shot|shotgun|penetrating|impaled|machete|blast|amputat*", "chest|flank|abdomen|neck|back|groin|thigh|leg|arm|head|wound|tachycard*|hypotens*|axilla|l|r", "wound|chest|tachycard*|hypotens*|bleed*|gsw|stab|flank|neck|impaled|blast|traumatic|hr|bp|shot", within=ANYWHERE, acute=True),
    ),
    "abdominal": (
        cue("bowel obstruction|obstruct*|volvulus|intussuscept*|perforat*|ischemic bowel|ischemic gut|mesenteric|strangulat*|incarcerat*|toxic megacolon|pancreatitis|peritonit*|anastomotic|ruptured|malrotation|bilious", "vomit*|feculent|lactate|rigid|distend*|jelly|bloody|peritonit*|guard*|pain|shock*|tender|hypotens*|leak|day|absolute|blood|irreducible|neonate|day old|tachycard*", within=ANYWHERE),
        cue("nec|necrotizing enterocolitis|redcurrant|red currant|currant jelly", "distend*|blood*|prem|stool|neonate|bilious|vomit*|jelly|draw* up", within=ANYWHERE, acute=True),
        cue("retention", "residual|agony|pain*|acute|/\\d(?:\\.\\d)? ?l|/\\d{3,4} ?ml|distress", within=ANYWHERE),
    ),
    "testicular_torsion": (
        cue("paraphimosis|glans|priapism|torsion|scrotum|testis|testicle", "dusky|black|ischemi*|hour|acute|high riding|absent cremaster*|swollen|tender|pain*|old|yo", within=ANYWHERE),
    ),
    "limb": (
        cue("open|compound|displaced|dislocated|fracture dislocation|crush*|degloving|degloved|supracondylar|reperfusion|compartment", "fracture|tib fib|tibia|femur|ankle|knee|elbow|forearm|hip|leg|arm|foot|wrist|syndrome", "pale|pulseless|no pulse|cold|white|bone|dusky|numb*|perfusion|neurovascular|tense|blue|gray|wound|pain on", within=ANYWHERE),
    ),
    "cauda_equina": (
        cue("mscc|cord compression|metastatic cord|cauda equina|spinal cord", "off leg|weak*|since|yesterday|today|retention|mets|level|walk|new|numb*|sudden*|incontinen*", within=ANYWHERE, acute=True),
        cue("off leg|off her leg|off his leg", "prostate|breast|lung|myeloma|mets|cancer|back|since|sudden*|numb*", within=ANYWHERE, acute=True),
    ),
    "eye": (
        cue("endophthalmitis|hypopyon|globe rupture|ruptured globe|teardrop pupil|penetrating eye|crao|central retinal artery|angle closure|orbital cellulitis|proptosis|rapd|retinal detachment|mac on|mac off|macula on|hyphema|chemical injury|alkali|scleritis|papilledema", "post|cataract|vision|hour|pain*|proptosis|rapd|iop|pupil|since|today|now|eye|sudden*|trauma|detachment|morning|loss|red|ph|fever*", within=ANYWHERE, acute=True),
        cue("gca|temporal arteritis|giant cell", "amaurosis|vision|visual|diplopia|blind*|esr|jaw|transient", within=ANYWHERE, acute=True),
        cue("eye|eyeball|cornea", "metal|grinder|grinding|drill*|splinter|glass|shard|wire|nail|chisel|strimmer|thorn|fish hook|dart|pellet|firework", "bit of|in|something|flew|stuck|hit|embedded|piece|went|sliver", within=16),
    ),
    "skin_reaction": (
        cue("ten|sjs|stevens johnson|toxic epidermal|denuded|nikolsky*|dress|erythroderm*|pemphigus", r"/\d+ ?(?:percent|bsa)?|bsa|mucosal|mouth|eyes|skin|fever*|sloughing|denuded|peel*|facial|eosinophil*|new|started", within=8, acute=False),
    ),
    "burns": (
        cue(r"/\d\d (?:percent|tbsa|bsa)|percent burn|tbsa|full thickness|circumferential|partial thickness", "burn*|scald*|airway|face|chest|limb|child", within=8, acute=True),
        cue("burn*", r"soot|airway|stridor|hoarse|circumferential|electrical|high voltage|/\d\d percent", within=10, acute=True),
    ),
    "pregnancy": (
        cue("fh|fhr|fetal heart|fetal heartbeat|ctg|meconium|thick mec", r"/(?:[4-9]\d)(?!\S)|brady*|not recovering|decel*|absent|dropped|pathological|thick|distress", r"/(?:3|4)\d over 40|primip|multip|mw|midwife|labor|gestation|recover*|cord|triage|fh|ctg", within=ANYWHERE, acute=True),
        cue("shoulder dystocia|cord prolapse|uterine rupture|uterine inversion|inverted uterus|amniotic fluid embol*|abruption|placenta previa|vasa previa|pph|aph|postpartum hemorrhage|antepartum hemorrhage|retained placenta|eclampt*|eclampsia|hellp|fetal bradycardia|sinusoidal|ctg|scalp ph|head entrap*|woody", "min|minute|delivered|ongoing|still|trickl*|fit|fitting|pathological|bradycardia|bleed*|pain*|bp|tender|now|/\\d(?:\\.\\d)? ?l|/\\d+ ?ml|platelet*|clonus|call|decel*|theater|category 1|cat 1|triage|on the ward|ward", within=ANYWHERE, acute=True),
    ),
    "infant_fever": (
        cue("/(?:[1-9]|1[0-2]) over 52", "/t (?:38|39|4\\d)[\\d.]*|/temp\\w* (?:38|39|4\\d)[\\d.]*|fever*|febrile|pyrexi*", within=ANYWHERE, acute=True),
    ),
    "sick_child": (
        cue("nai|non accidental|nonaccidental|shaken baby|spiral fracture|spiral femur|metaphyseal|retinal hemorrhage*|torn frenulum", "month|infant|baby|toddler|child|old|suspected|safeguarding|nonmobile|bruis*", within=ANYWHERE, acute=True),
    ),
    "abuse": (
        cue("disclos*|alleg*|reveal*|confid*|told me|told us|told staff|report*", "rape|rap*|abus*|assault*|touch*|hit|beat*|hurt*|stepfather|stepdad|uncle|trafficked|forced|fgm|grabbed|locked", "child|girl|boy|her|him|she|he|resident|pt|patient|teen*|mother|wife|husband|son|daughter", within=14, acute=True),
        cue("elder|resident|gran|grandma|mother|mum|old lady|frail|dementia|pt|patient", "bruise*|pressure sore*|fingermark*|welts|black eye|weight loss|unkempt", "say* ~ son|say* ~ daughter|son hit*|daughter hit*|carer hit*|hits her|hits him|afraid of|scared of|flinch*|locked|withhold*|withheld|slapp*|rough", within=ANYWHERE, acute=True),
    ),
    "acute_illness": (
        cue("drown*|submersion|submersed|hanging|strangulation|electrocut*|lightning", "downtime|rescued|pulled|cpr|minute|min|gcs|cut down|found|hypotherm*|cough*|sat|family|unresponsive", within=ANYWHERE, acute=True),
        cue("c spine|cervical spine|neck|spinal", "midline|tender*|diving|dive|dived|immobil*|priapism|collar", "tingl*|weak*|numb*|paresthesia*|cant move|shooting|arms|hands", within=ANYWHERE, acute=True),
        cue("nms|neuroleptic malignant|malignant hyperthermia|serotonin syndrome|thyroid storm|myxedema coma|rhabdo*|tumor lysis|hemolytic uremic|ttp|dic|addisonian crisis|sickle crisis|aplastic crisis|porphyr*", r"rigid*|ck|/t (?:39|4\d)[\d.]*|theater|theatre|now|clonus|k|confus*|hr|acute|hypotens*|arrhythm*|bleed*|collaps*|tachy*|dark urine|anesthet*", within=ANYWHERE, acute=True),
        cue("ascending weakness|descending paralysis|flaccid paralysis|guillain*|gbs|myastheni*|botulism|botulinum|tetanus|rabies|transverse myelitis", "fvc|swallow*|ptosis|trismus|spasm*|breath*|resp*|rapid*|today|worse|bulbar|bite|bat|diplopia|facial|cough|paralysis", within=ANYWHERE, acute=False),
        cue("decompression|the bends|dci|bends|arterial gas embol*", "dive|diving|paresthes*|numb*|weak*|joint|rash|breath*", within=ANYWHERE, acute=True),
        cue("lvad|vad|ecmo|balloon pump|icd", "alarm|low flow|storm|shocks|stopped|suction|clot*", within=8, acute=True),
    ),
    "heat_stroke": (
        cue("heat stroke|heatstroke|exertional heat|anhidro*|hyperthermi*", "/t (?:39|4\\d)[\\d.]*|/(?:40|41|42)(?:\\.\\d)?|confus*|collaps*|seiz*|anhidro*|marathon|gcs", within=ANYWHERE, acute=True),
    ),
    "clot": (
        cue("pe|pulmonary embol*|saddle embol*|dvt|phlegmasia|iliofemoral|embolus", r"rv strain|right heart strain|syncope|hypotens*|/bp \d\d|sat|massive|submassive|collaps*|thrombolys*|white leg|blue leg|tachycard*", within=ANYWHERE, acute=False),
    ),
}  # fmt: skip
