"""The vocabulary of the benchmark corpus.

Enters: nothing. Leaves: word lists, sentence patterns and the names of an invented county, as plain data.

Every list is in order of rank: `corpus.py` draws the word at rank r with a chance of 1/(r + 3) (Zipf's law), so a few
words fill the texts and thousands are rare. A search benchmark needs both: the common word with a long posting list
and the name that stands on three pages. Places and people are made by joining syllables; none of them is meant.

A pattern is a sentence with slots: `{topic}` and `{term}` come from the item's own subject, so that a word which is
rare on the whole is frequent on some pages, as in real minutes; every other slot names one of `slot_lists()`.
"""

COUNTY = "Aldermere"

# subject: its own terms, commonest first
TOPICS = """
anti-social behaviour: community trigger, case reviews, noise complaints, acceptable behaviour contracts, nuisance motorbikes, civil injunctions, community protection notices
domestic abuse: refuge places, safe accommodation, high-risk cases, coercive control, specialist advocates, stalking, perpetrator programmes
serious violence: knife crime, weapon sweeps, hospital admissions, exclusion from school, trauma-informed practice, violence reduction
drugs and alcohol: treatment places, naloxone kits, needle exchanges, drug-related deaths, recovery housing, alcohol licensing, hidden harm
burglary: forensic marking, alleygates, repeat victims, rural outbuildings, smart doorbells, distraction burglary
hate crime: third-party reporting centres, under-reporting, disability hate crime, online abuse, community tensions
road safety: speed cameras, school streets, killed and seriously injured, drink driving, twenty-mile zones, young drivers
modern slavery: hand car washes, county lines, forced labour, first responders, exploitation hubs
fraud and scams: doorstep traders, call blockers, romance fraud, bogus invoices, bank protocols, scam marshals
reducing reoffending: integrated offender management, probation appointments, resettlement, mentoring, unpaid work, electronic tags
night-time economy: taxi marshals, door staff, drink spiking, street pastors, late-night levy, licensed premises
fly-tipping: bulky waste, covert cameras, fixed penalty notices, duty of care, abandoned vehicles
safeguarding children: strategy meetings, missing episodes, contextual safeguarding, early help, return interviews, multi-agency safeguarding hub
safeguarding adults: self-neglect, hoarding, mental capacity, deprivation of liberty, advocacy, cuckooing
flood resilience: surface water, sandbags, flood wardens, drainage boards, sluice gates, property-level protection
homelessness: rough sleepers, temporary accommodation, tenancy sustainment, winter shelter, eviction notices
emergency planning: rest centres, business continuity, major incident plans, mutual aid, voluntary responders
youth justice: out-of-court disposals, first-time entrants, referral orders, diversion, restorative justice
counter-terrorism: vulnerable individuals, referral panels, protective security, crowded places, radicalisation
violence against women and girls: safer streets, street lighting, bystander training, safe spaces, night bus routes
fire safety: home safety visits, sprinklers, high-rise buildings, arson, smoke alarms, chip-pan fires
rural crime: hare coursing, tractor thefts, sheep worrying, heritage sites, farm watch, fuel theft
shoplifting: banning orders, radio links, prolific offenders, retail crime, body-worn cameras
cycle theft: secure stands, frame marking, bait bikes, railway stations
trading standards: underage sales, illicit tobacco, product recalls, counterfeit goods, vapes
community cohesion: faith leaders, interfaith forum, welcome events, hate incidents, refugees
mental health: crisis cafe, street triage, section 136 detentions, suicide prevention, talking therapies
public spaces: public spaces protection orders, dog fouling, busking, street drinking, skate park
closed circuit television: control room, camera upgrades, footage requests, deployable cameras, retention
licensing: premises licences, cumulative impact, gambling, hackney carriages, taxi testing
housing: starter homes, empty homes, damp and mould, landlord licensing, houses in multiple occupation
waste collection: missed bins, food caddies, recycling contamination, garden waste, side waste
climate adaptation: tree planting, cool spaces, peat restoration, heat networks, carbon budgets
public transport: demand-responsive buses, concessionary fares, bus shelters, timetables, rail replacement
budget monitoring: underspend, reserves, contingency, capital slippage, virement, efficiency savings
performance management: dashboard, exception report, direction of travel, benchmarking, milestones
data sharing: information sharing agreements, pseudonymised records, subject access, data protection impact assessment
victims and witnesses: victim personal statements, waiting times, court delays, witness care, restorative services
volunteering: speed watch, neighbourhood watch, special constables, litter pickers, village agents
gypsy and traveller sites: unauthorised encampments, stopping places, pitch provision, welfare checks
exploitation of children: child exploitation profiles, disruption tactics, taxi drivers, hotel watch, trusted relationships
water safety: throw lines, tombstoning, reservoirs, lifebuoys, cold-water shock
"""

# papers and matters; plural and mass nouns, so that no pattern needs an article that depends on the word
NOUNS = """
services resources reports agencies figures communities funding proposals concerns incidents schools actions plans
neighbourhoods outcomes recommendations referrals visits data evidence priorities training businesses targets risks
costs patrols complaints responses pressures meetings changes arrangements projects grants questions findings trends
offences consultations premises parishes contracts duties standards guidance awareness surveys delays improvements
vacancies responsibilities procedures policies reviews inspections sanctions hotspots perceptions caseloads
assessments budgets savings commissions networks pathways thresholds protocols agreements memoranda timetables
workshops seminars briefings bulletins leaflets posters campaigns websites helplines hubs panels boards forums
taskforces subgroups pilots trials roll-outs audits evaluations baselines benchmarks indicators milestones
dashboards registers logs ledgers invoices payments receipts forecasts overspends underspends allocations bids
awards tenders specifications extensions renewals terminations variations penalties fines charges fees licences
permits notices orders injunctions warrants convictions acquittals sentences appeals hearings summonses cautions
disposals statements interviews footage recordings transcripts correspondence petitions representations objections
deputations amendments motions votes minutes agendas appendices annexes summaries drafts revisions editions versions
addenda footnotes maps boundaries wards districts estates villages hamlets precincts markets safeguards friendships
loneliness confidence trust resilience dignity fairness transparency consistency continuity capacity capability
expertise leadership ownership accountability compliance assurance governance scrutiny stewardship prevention
intervention enforcement engagement education diversion rehabilitation resettlement recovery deterrence detection
disruption mediation conciliation restitution compensation reparation mitigation adaptation demand supply
recruitment retention turnover sickness absence overtime supervision appraisal succession procurement commissioning
outsourcing insourcing mergers devolution reorganisation localism inflation austerity poverty unemployment
deprivation inequality migration overcrowding rurality tourism harvests festivals carnivals regattas fairs parades
vigils elections by-elections referendums jubilees
"""

PEOPLE = """
residents partners officers members families young-people victims staff landlords volunteers tenants providers drivers
pupils parents carers practitioners neighbours traders shopkeepers farmers commuters visitors students apprentices
pensioners constables sergeants wardens caretakers social-workers nurses paramedics firefighters teachers governors
magistrates solicitors coroners chaplains librarians engineers surveyors planners auditors analysts advisers trustees
commissioners interpreters advocates bystanders cyclists motorists pedestrians passengers shoppers patients clinicians
pharmacists midwives dentists counsellors therapists lecturers cadets rangers lifeguards marshals stewards campaigners
petitioners newcomers leaseholders freeholders lodgers anglers ramblers allotment-holders publicans hoteliers
"""

# what can be touched, so that nothing odd is done to people
THINGS = """
streets homes cameras footpaths lights bins gates signs car-parks playgrounds bridges fences benches shelters
footbridges bridleways towpaths underpasses roundabouts junctions crossings verges hedgerows culverts ditches
reservoirs estuaries embankments allotments orchards commons cemeteries churches mosques chapels museums
galleries libraries theatres gymnasiums pavilions stadiums harbours marinas stations depots garages
warehouses factories kiosks stalls hostels bedsits bungalows terraces tower-blocks caravans boats vans lorries
trailers quad-bikes mopeds scooters bicycles wheelchairs radios tablets laptops sensors alarms locks bollards
barriers lanterns lampposts skips planters hydrants extinguishers defibrillators generators pumps batteries
solar-panels boilers radiators scaffolding roofs gutters chimneys windows doorways stairwells lifts corridors
basements cellars attics driveways pavements kerbs cobbles drains manholes pipes cables switches meters gauges
valves sluices weirs jetties slipways buoys lifeboats pontoons lighthouses quays cranes conveyors silos barns
stables kennels paddocks meadows woodlands copses ponds streams dykes marshes dunes cliffs quarries mines
viaducts tunnels platforms sidings footplates turnstiles ticket-machines noticeboards clocks fountains statues
memorials bandstands greenhouses sheds workshops laundries kitchens canteens nurseries classrooms laboratories
"""

ADJECTIVES = """
local further new recent public current joint additional significant statutory annual positive regular future
wider early clear financial quarterly vulnerable operational effective strategic specific national regional
district rural urban ongoing outstanding available relevant appropriate necessary important considerable
voluntary independent external internal technical legal medical digital seasonal temporary permanent interim
provisional final revised updated detailed comprehensive targeted proactive visible sustained consistent
coordinated collaborative multi-agency cross-border county-wide town-centre door-to-door face-to-face
evidence-led intelligence-led place-based long-term short-term medium-term one-off recurrent ring-fenced
discretionary mandatory compulsory optional confidential sensitive anonymous verbal written tabled
constructive robust realistic ambitious modest marginal steady gradual sharp sudden unexpected
disappointing encouraging welcome reassuring worrying persistent prolific repeat chronic acute complex
entrenched hidden emerging changing growing falling rising stable weekly monthly daily
overnight weekend late-night daytime summer winter autumn spring coastal upland lowland riverside
central northern southern eastern western outlying remote neighbouring adjoining former proposed
preferred alternative existing surplus vacant listed historic modern accessible inclusive
affordable sheltered supported private social rented privately-owned council-owned charitable
faith-based grass-roots youth-led tenant-led peer-led specialist generic bespoke standard enhanced
intensive residential therapeutic clinical forensic criminal civil parental
primary secondary tertiary articulate sceptical supportive unanimous cautious prudent frugal obsolete cumbersome
duplicated fragmented streamlined paperless automated manual handwritten bilingual pictorial
structural geological hydrological archaeological ecological arboricultural acoustic thermal
"""

# what can be done to any of NOUNS; base form, or base/past/-ing where the rule below would be wrong
VERBS = """
review discuss consider support develop improve provide monitor address share identify welcome raise examine
explain highlight outline strengthen extend question confirm clarify challenge endorse coordinate evaluate refresh
promote prioritise assess consult engage inform defer/deferred/deferring recommend revise update test launch
introduce establish maintain sustain expand simplify streamline align embed/embedded/embedding reallocate redirect
postpone accelerate investigate inspect audit record map/mapped/mapping chart analyse compare benchmark estimate
predict anticipate recognise acknowledge appreciate commend remind encourage invite seek/sought/seeking secure attract
match allocate distribute recover register certify accredit regulate scrutinise summarise translate circulate
advertise nominate appoint co-opt/co-opted/co-opting delegate devolve merge mention debate rank list count sample
number verify reconcile consolidate catalogue index file archive cite quote bracket defend criticise praise
champion sponsor underwrite subsidise mobilise reassign rotate reschedule time cost rate grade score
"""

# what can be done to THINGS
WORKS = """
install repair restore clean check replace paint move close/closed/closing open light/lit/lighting survey photograph
refurbish demolish convert adapt insulate illuminate pedestrianise resurface dredge drain irrigate plant prune fence
widen narrow raise lower level/levelled/levelling seal patch weld rivet bolt clad/clad/cladding tile plaster varnish
reinforce underpin/underpinned/underpinning relocate dismantle label/labelled/labelling lease sell/sold/selling
buy/bought/buying hire borrow lend/lent/lending store scrap/scrapped/scrapping recycle ventilate heat cool disinfect
"""

ADVERBS = """
closely regularly jointly recently carefully significantly locally fully quickly
clearly broadly largely steadily gradually slightly formally informally directly separately
widely generally currently previously subsequently accordingly promptly successfully effectively
consistently repeatedly occasionally rarely frequently proportionately cautiously constructively unanimously
reluctantly provisionally temporarily permanently anonymously confidentially voluntarily proactively
collaboratively independently externally internally rigorously thoroughly adequately insufficiently markedly
marginally substantially noticeably visibly unexpectedly prematurely belatedly retrospectively prospectively
"""

OFFICERS = """
the Head of Safer Communities|the Community Safety Manager|the Chief Inspector|the Director of Public Health
the Strategic Lead for Prevention|the Democratic Services Officer|the Head of Finance|the Performance Analyst
the Area Commander|the Head of Housing|the Environmental Health Manager|the Head of Youth Justice|the Monitoring Officer
the Trading Standards Manager|the Assistant Director for Communities|the Licensing Manager|the Road Safety Officer
the Domestic Abuse Coordinator|the Head of Probation|the Emergency Planning Officer|the Scrutiny Officer
the Service Manager for Early Help|the Commissioning Officer|the Head of Legal Services|the Drainage Engineer
the Group Manager for Fire Prevention|the Neighbourhood Inspector|the Safeguarding Adviser|the Data Protection Officer
the Voluntary Sector Liaison Officer|the Head of Property|the Climate Programme Manager|the Transport Planner
"""

# key: full name: what it is
ORGANISATIONS = """
council: Aldermere County Council: the upper-tier council for the county
police: Aldermere Police: the police force for the county
fire: Aldermere Fire and Rescue Service: the fire and rescue authority
health: Aldermere Health Partnership: the planner and buyer of health services
probation: Aldermere Probation: supervision of people on community sentences and on licence
marshgate: Marshgate District Council: the district council for the coast and the fens
thornwold: Thornwold Borough Council: the borough council for the uplands
alderford: Alderford City Council: the council for the county town
victim-care: Victim Care Aldermere: a charity that supports victims and witnesses
refuge: Harbour Lights Refuge: a charity for people who flee abuse at home
youth-voice: Youth Voice Aldermere: young people who advise the partnership
watch: Aldermere Neighbourhood Watch: an association of local watches
"""

# key: short form (for resolution numbers): name: type: purpose
BODIES = """
safer-aldermere-partnership: sap: Safer Aldermere Partnership: partnership: It brings the responsible authorities together to reduce crime and disorder.
community-safety-scrutiny-committee: cssc: Community Safety Scrutiny Committee: committee: It holds the partnership to account in public.
domestic-abuse-board: dab: Domestic Abuse Board: board: It plans support for people who live with domestic abuse.
youth-justice-board: yjb: Youth Justice Board: board: It oversees work with children who offend.
drug-and-alcohol-partnership: dap: Drug and Alcohol Partnership: partnership: It joins up treatment, prevention and enforcement.
road-safety-partnership: rsp: Road Safety Partnership: partnership: It works to end deaths and serious injuries on the roads.
serious-violence-board: svb: Serious Violence Board: board: It carries out the duty to prevent serious violence.
local-resilience-forum: lrf: Local Resilience Forum: network: It prepares the county for emergencies.
safeguarding-adults-board: sab: Safeguarding Adults Board: board: It makes sure that adults at risk are protected.
health-and-wellbeing-board: hwb: Health and Wellbeing Board: board: It agrees how health and care will work together.
licensing-committee: lic: Licensing Committee: committee: It decides licensing policy and contested licences.
environment-committee: env: Environment Committee: committee: It looks after waste, flooding, parks and the climate.
housing-partnership: hsp: Housing Partnership: partnership: It plans for homes and the prevention of homelessness.
rural-crime-network: rcn: Rural Crime Network: network: It links farms, parishes and the police.
marshgate-safety-group: msg: Marshgate Safety Group: partnership: It leads on local problems in the district of Marshgate.
thornwold-safety-group: tsg: Thornwold Safety Group: partnership: It leads on local problems in the borough of Thornwold.
alderford-safety-group: asg: Alderford Safety Group: partnership: It leads on local problems in the county town.
police-and-crime-panel: pcp: Police and Crime Panel: committee: It reviews the decisions of the police and crime commissioner.
fraud-and-scams-group: fsg: Fraud and Scams Group: network: It shares warnings and protects people from scams.
communities-overview-committee: coc: Communities Overview Committee: committee: It reviews services to communities across the county.
"""

# key: title: topic: indicator's title: its unit
PRIORITIES = """
anti-social-behaviour: Tackling anti-social behaviour: anti-social behaviour: Incidents of anti-social behaviour: incidents recorded by the police
domestic-abuse: Ending domestic abuse: domestic abuse: Repeat victims of domestic abuse: per cent of victims
serious-violence: Preventing serious violence: serious violence: Injuries from serious violence: hospital admissions
drugs-and-alcohol: Reducing harm from drugs and alcohol: drugs and alcohol: People who complete treatment: per cent of people in treatment
reducing-reoffending: Reducing reoffending: reducing reoffending: Proven reoffending: per cent within a year
hate-crime: Standing against hate crime: hate crime: Hate crimes reported: crimes recorded by the police
road-safety: Safer roads: road safety: People killed or seriously injured: people
modern-slavery: Stopping modern slavery: modern slavery: Referrals of possible victims: referrals
fraud-and-scams: Protecting people from fraud and scams: fraud and scams: Money lost to scams: thousand pounds reported
rural-crime: Safer countryside: rural crime: Crimes in rural wards: crimes recorded by the police
safer-streets: Safer streets at night: violence against women and girls: Residents who feel safe after dark: per cent of those asked
flood-resilience: Ready for floods: flood resilience: Homes with their own flood protection: homes
"""

# key: title: topic
STRATEGIES = """
safer-aldermere-plan: Safer Aldermere Plan: anti-social behaviour
domestic-abuse-strategy: Domestic Abuse Strategy: domestic abuse
serious-violence-strategy: Serious Violence Strategy: serious violence
drug-and-alcohol-strategy: Drug and Alcohol Strategy: drugs and alcohol
road-safety-strategy: Road Safety Strategy: road safety
county-resilience-plan: County Resilience Plan: emergency planning
"""

PLACE_STARTS = """
alder ash thorn marsh holm fen wick stan hal east west north south kings mill oak bram cran dun el fair good
green hart hazel ing kel lang mar nor ox pen quar rams sal shel sil stock sut tad up wal wen whit wood yar
"""
PLACE_ENDS = "ford ton ham ley by wick thorpe wold stead mere worth bury den combe gate bridge well hurst field marsh"
SURNAME_STARTS = """
hart brad cart dal ell fair gar hol jan kel lam mor net ol pem rad sel tan ut var wain yel ash ben cold dray
"""
SURNAME_ENDS = "well ley son man by croft ton wood shaw ridge worth more field smith stone gate low ing"
SCHEMES = """
kestrel lantern beacon harrier bramble osprey compass plover anchor heron cobalt juniper falcon rowan sentinel
lapwing granite willow merlin curlew amber bittern larch magpie dunlin hawthorn sorrel teal quartz linnet foxglove
siskin ember avocet thistle wigeon flint bulrush redstart slate yarrow turnstone copper goldcrest fennel
nightjar basalt dipper clover whimbrel saffron fieldfare onyx tansy brambling cedar gadwall marble pochard
"""
MONTHS = "January February March April May June July August September October November December"

DISCUSSION = """
{officer} introduced the report on {topic} and drew attention to the {adj} figures for {term}.
Members noted that {term} had {adv} become one of the main concerns for {noun} in {place}, and asked how {people} would be involved.
In reply to questions, {officer} explained that {n} cases had been {verbed} since {month}, of which {pct} concerned {term}.
{person} asked whether {people} and {people} in {place} had been consulted before the {adj} arrangements were {verbed}.
It was reported that {org} had {adv} {verbed} the {adj} {noun}, and that work to {verb} {noun} would begin in {month}.
The number of {noun} linked to {topic} had fallen by {pct} in {place} but had risen in {place}, where {adj} {noun} remained.
Officers undertook to {verb} the {adj} {noun} with {org} and to {adv} {verb} progress on {term}.
{person} welcomed the {adj} approach and thanked {org} for {verbing} {noun} at short notice.
Concern was expressed about {adj} {noun}, in particular where {thing} had not been {worked} in time.
Members heard that {money} had been set aside for {term}, with {money} to follow once the {adj} {noun} were {verbed}.
{person} said that {people} in {place} did not always know whom to ask about {term}, and that {adj} {noun} would help.
The duty under section 17 of the Crime and Disorder Act 1998 was mentioned, and members were reminded that {topic} was everyone's business.
Operation {scheme}, which ran from {month} to {month}, had reached {n} {people} and {adv} {verbed} {adj} {noun}.
{officer} said that {adj} {thing} were being {worked} so that {people} could return without delay.
The {adj} report showed {pct} fewer {noun} than a year before, although {officer} warned that {noun} were {adv} under-recorded.
It was suggested that {org} and {org} should {verb} {adj} {noun} together, since {noun} and {noun} did not stop at the boundary of {place}.
A survey of {n} {people} found that {pct} were worried about {term} and that fewer than half had reported it.
{person} asked for {adj} {noun} on {term} to be {verbed} at ward level, beginning with {place} and {place}.
In discussion, {noun}, {noun} and {adj} {noun} were named as the main reasons why {topic} had not improved.
Members were told that {noun} for {term} were {adv} {verbed}, and that the {adj} target of {pct} would be met by {month}.
{officer} confirmed that the {adj} contract with {org} had been extended for {few} months while {noun} were {verbed}.
The Chair reminded {people} that {adj} {noun} were confidential, and that {term} could be discussed in general terms only.
Project {scheme} would {work} {thing} in {place}, and the lessons would be {verbed} across the county.
{person} wondered whether {verbing} {noun} gave value for money, as {money} had been spent and {noun} were {adv} {verbed}.
It was clarified that {topic} came within the remit of {org}, while {thing} and {adj} {noun} were a matter for the districts.
The partnership had {verbed} {n} {adj} {noun} during {month}, compared with {n} in the same month of the year before.
There had been {adj} publicity about {term} in {place}, and {noun} had been {verbed} by {org}.
Recruitment remained {adv} difficult; {few} posts were vacant, and {people} from {place} were covering the work.
{officer} described how {people} from {place} had been trained to help with {term}, with {adj} results.
Members stressed that {verbing} {noun} should not come at the cost of {working} {adj} {thing}.
The {adj} plans had been shared with {people}, {people} and {people}, and {n} replies had been received.
{person} declared that the {adj} {thing} in {place} had not been {worked} for {few} years and that {people} had lost patience.
A multi-agency group would look at the links between {topic} and {othertopic}, and {verb} its {noun} in {month}.
It was accepted that {noun} about {othertopic} could not be separated from {topic}, and that {org} had to {verb} both.
{org} had found that {people} in {place} were {adv} more likely to be affected by {term} than other {people}.
Thanks were recorded to {people} and {people} in {place}, who had {worked} {n} {adj} {thing} in their own time.
"""

SHORT = """
{officer} would circulate a note on {adj} {noun} before the end of {month}.
No other {noun} were raised, and the Chair thanked {people} from {place} for attending.
{person} asked that {adj} {noun} be brought to the next meeting.
It was noted that {noun} on {term} would be {verbed} in {month}.
Members agreed that {adj} {noun} should be {adv} {verbed}.
{org} would {verb} {noun} and {verb} the {adj} {noun}.
"""

WELCOME = """
The Chair welcomed everyone to the meeting, and in particular {people} from {place} who were there to hear the item on {topic}.
The Chair opened the meeting and reminded those present that the recording of {noun} would be {adv} published.
Apologies were received from {person} and {person}, and from {org}.
Apologies for absence had come from {person}; {officer} attended on behalf of {org}.
"""
INTERESTS = """
{person} declared a personal interest in the item on {topic} as a trustee of a charity that supports {people} in {place}.
{person} declared that a close relation worked for {org}, and stayed in the room because no decision on {noun} was due.
There were no declarations of a pecuniary interest from members or {people}.
Members were reminded to keep the register of {noun} up to date, and to report changes within {few} days.
"""
CLOSING = """
The work programme was {verbed}; an item on {othertopic} was moved to {month} at the request of {officer}.
{person} proposed that a visit to {place} be arranged so that members could see {term} at first hand.
The Chair thanked {people} and closed the meeting, and the next one was fixed for {month} in {place}.
It was hoped that {adj} {noun} would be ready for the next meeting, together with the report on {othertopic}.
"""
LIMBS = """
That the report on {topic} be noted.
That the {adj} {noun} be approved, subject to {noun} being {verbed} by the end of {month}.
That {officer} be asked to {verb} {adj} {noun} and to report back in {month}.
That {org} be invited to {verb} {noun} on {term}.
That the recommendations on {term} be endorsed.
That {money} be released from the {adj} reserve for {term}.
"""
UNDERTAKINGS = """
{officer} would {verb} the {adj} {noun} and {verb} {noun} on {term}.
A note on {term} in {place} would be sent to all members.
The figures for {noun} would be checked against those of {org}.
"""
SPANS = """
officers would send the {adj} {noun} to all members
a map of {term} in {place} would be shared with {people}
the {adj} {noun} would be published with these minutes
the group would {verb} {noun} before the next meeting
"""
# outcome: how the sentence with a marked resolution begins
OUTCOMES = """
noted: noted the report on {topic} and the {adj} {noun} that {org} had {verbed}
endorsed: endorsed the {adj} proposals on {term} and asked that {noun} be {verbed}
approved: approved the {adj} arrangements for {term}, at a cost of {money}
agreed: agreed that the {adj} {noun} in {place} be {verbed} for a further {few} months
recommended: recommended to {org} that {adj} {noun} be {verbed} by {month}
deferred: deferred the {adj} plan for {term} until {noun} had been {verbed}
"""
HEADINGS = """
{Topic}|{Topic}: report for the quarter|Update on {topic}|{Topic} in {place}|Review of {topic}|Operation {scheme} and {topic}
"""


def rows(text):
    """The lines of a list above, each cut at `: `."""
    return [line.split(": ") for line in text.strip().splitlines()]


def phrases(text):
    """Entries separated by `|` or line ends."""
    return [part.strip() for part in text.strip().replace("\n", "|").split("|")]


def words(text):
    """Entries separated by white space, once each; a hyphen joins two words that belong together."""
    return list(dict.fromkeys(text.split()))


def topics():
    """Subject → its terms."""
    return {name: terms.split(", ") for name, terms in rows(TOPICS)}


def joined(starts, ends):
    """Every start with every end. Steps of a prime through the list keep names that begin alike apart in rank."""
    names = [start + end for start in starts.split() for end in ends.split() if start[-1] != end[0]]
    step = 367 if len(names) % 367 else 373
    return [names[(i * step) % len(names)].capitalize() for i in range(len(names))]


def verb_forms(verbs):
    """(base, past, -ing), by the regular rule where the list does not say."""
    forms = []
    for entry in words(verbs):
        base, *given = entry.split("/")
        past, ing = given or regular(base)
        forms.append((base, past, ing))
    return forms


def regular(base):
    """Past tense and -ing of a regular verb."""
    if base.endswith("ee"):
        return base + "d", base + "ing"
    if base.endswith("e"):
        return base + "d", base[:-1] + "ing"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied", base + "ing"
    return base + "ed", base + "ing"


def slot_lists():
    """Slot → its words in order of rank, for every slot that does not depend on the item's subject."""
    base, past, ing = zip(*verb_forms(VERBS))
    work, worked, working = zip(*verb_forms(WORKS))
    return {
        "noun": spaced(words(NOUNS)),
        "adj": words(ADJECTIVES),
        "verb": base,
        "verbed": past,
        "verbing": ing,
        "adv": words(ADVERBS),
        "people": spaced(words(PEOPLE)),
        "thing": spaced(words(THINGS)),
        "work": work,
        "worked": worked,
        "working": working,
        "officer": phrases(OFFICERS),
        "org": [name for _, name, _ in rows(ORGANISATIONS)],
        "person": ["Councillor " + name for name in surnames()],
        "place": places(),
        "scheme": [name.capitalize() for name in words(SCHEMES)],
        "month": words(MONTHS),
        "n": [str(n) for n in range(11, 400)],
        "few": [str(n) for n in range(2, 25)],
        "pct": [f"{n} per cent" for n in range(2, 80)],
        "money": [f"£{n * 250:,}" for n in range(4, 400)],
        "othertopic": list(topics()),
    }


def spaced(names):
    """`young-people` → `young people`; a true hyphen is rare among nouns and is kept by name."""
    kept = {"roll-outs", "by-elections"}
    return [name if name in kept else name.replace("-", " ") for name in names]


def places():
    """Names of villages and wards."""
    return joined(PLACE_STARTS, PLACE_ENDS)


def surnames():
    """Names of councillors."""
    return joined(SURNAME_STARTS, SURNAME_ENDS)
