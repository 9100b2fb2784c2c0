#include "fakta_html.h"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <limits.h>
#include <pthread.h>
#include <strings.h>

#include "buffer.h"
#include "fakta_text.h"
#include "tame.h"

/* A text shorter than this is a teaser, not an article (bytes). */
enum { LONG_ENOUGH = 200 };

struct FkPage {
  int status;
  Buffer text, title, date;
  Buffer linked; /* the JSON-LD scripts, one behind the other */
};

/* ---- Parsing ---------------------------------------------------------------------------------------------------- */

typedef struct {
  size_t work, limit; /* steps through libxml2's stack of open elements: it walks all of it for a stray end tag */
  int is_cut;
  Buffer *linked; /* takes the JSON-LD scripts */
} Parse;

static void spend(xmlParserCtxtPtr context, size_t steps) {
  Parse *parse = context->_private;
  parse->work += steps;
  if (parse->work > parse->limit && !parse->is_cut) {
    parse->is_cut = 1;
    xmlStopParser(context);
  }
}

static void on_start_document(void *user) {
  xmlParserCtxtPtr context = user;
  context->options |= XML_PARSE_HUGE; /* the limits on text and depth; ours is `limit` */
  xmlSAX2StartDocument(user);
}

static void on_start_element(void *user, const xmlChar *name, const xmlChar **attributes) {
  xmlSAX2StartElement(user, name, attributes);
  spend(user, 1);
}

static void on_error(void *user, xmlErrorPtr error) {
  (void)user;
  xmlParserCtxtPtr context = error->ctxt;
  if (context == NULL) return;
  int is_stray_end = error->code == XML_ERR_TAG_NAME_MISMATCH;
  spend(context, 1 + (is_stray_end && context->nameNr > 0 ? (size_t)context->nameNr : 0));
}

static const char *attribute(const xmlNode *node, const char *name) {
  for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
    if (strcasecmp((const char *)a->name, name) == 0)
      return a->children != NULL && a->children->content != NULL ? (const char *)a->children->content : "";
  }
  return NULL;
}

static int has_value(const xmlNode *node, const char *name, const char *value) {
  const char *found = attribute(node, name);
  return found != NULL && strcasecmp(found, value) == 0;
}

/* Scripts and styles stay out of the tree; libxml2 would also join their pieces in quadratic time. */
static void on_script_text(void *user, const xmlChar *bytes, int count) {
  xmlParserCtxtPtr context = user;
  Parse *parse = context->_private;
  if (context->node == NULL || count <= 0) return;
  if (has_value(context->node, "type", "application/ld+json") && parse->linked->count < (1 << 20))
    buffer_add(parse->linked, bytes, (size_t)count);
}

static xmlDoc *parse_page(Parse *parse, const uint8_t *bytes, size_t count) {
  htmlParserCtxtPtr context = htmlNewParserCtxt();
  if (context == NULL) return NULL;
  context->_private = parse;
  context->sax->startDocument = on_start_document;
  context->sax->startElement = on_start_element;
  context->sax->cdataBlock = on_script_text;
  context->sax->serror = on_error;
  context->sax->error = NULL;
  context->sax->warning = NULL;
  context->sax->comment = NULL; /* not needed, and rows of them cost quadratic time */
  context->sax->processingInstruction = NULL;
  /* libxml2 wants `initialized` to be set before it uses serror. */
  context->sax->initialized = XML_SAX2_MAGIC;
  int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_COMPACT |
                HTML_PARSE_IGNORE_ENC;
  xmlDoc *document = htmlCtxtReadMemory(context, (const char *)bytes, (int)count, NULL, "UTF-8", options);
  htmlFreeParserCtxt(context);
  return document;
}

/* ---- The tree --------------------------------------------------------------------------------------------------- */

static int is_named(const xmlNode *node, const char *name) {
  return node->type == XML_ELEMENT_NODE && strcasecmp((const char *)node->name, name) == 0;
}

static int is_one_of(const char *name, const char *const *names) {
  for (; *names != NULL; ++names)
    if (strcasecmp(name, *names) == 0) return 1;
  return 0;
}

static int is_hidden_by_style(const char *style) {
  char compact[64];
  size_t count = 0;
  for (const char *c = style;; ++c) {
    if (*c == ';' || *c == 0) {
      compact[count] = 0;
      if (strcmp(compact, "display:none") == 0 || strcmp(compact, "visibility:hidden") == 0 ||
          strcmp(compact, "display:none!important") == 0)
        return 1;
      count = 0;
      if (*c == 0) return 0;
    } else if (*c > ' ' && count + 1 < sizeof compact) {
      compact[count++] = (char)(*c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
    }
  }
}

enum { NOTHING, SPACE, TAB, LINE, PARAGRAPH }; /* what stands between two texts */

/* What an element is for us: its gap in the lowest bits, and these. */
enum {
  GAP = 7,
  NOISE = 1 << 3,   /* no part of any article */
  FORM = 1 << 4,    /* noise, unless it holds the whole page */
  HEADER = 1 << 5,  /* noise outside of <article> and <main> */
  ARTICLE = 1 << 6,
  MAIN = 1 << 7,
  HEADING = 1 << 8,
  TIME = 1 << 9,
  PRE = 1 << 10,
  LINK = 1 << 11,
  CLUTTER = 1 << 12 /* links to elsewhere, or called a part of the page beside the article; see `mark_clutter` */
};

/* What is known of an element: looked up once, since the tree is walked several times. */
typedef struct {
  int traits;
  uint32_t text, linked; /* bytes of text without white space below it, and of those inside of links */
  uint32_t links;
  int has_heading; /* it is a <h1> or holds one */
} Element;

typedef struct {
  const char *name;
  int traits;
} Tag;

/* Sorted by name. */
static const Tag tags[] = {
    {"a", NOTHING | LINK},
    {"address", PARAGRAPH},  {"amp-ad", NOISE},       {"amp-consent", NOISE},           {"amp-embed", NOISE},
    {"amp-iframe", NOISE},   {"amp-sidebar", NOISE},  {"amp-social-share", NOISE},      {"amp-sticky-ad", NOISE},
    {"amp-user-notification", NOISE}, {"applet", NOISE},       {"article", PARAGRAPH | ARTICLE}, {"aside", NOISE},
    {"audio", NOISE},        {"blockquote", PARAGRAPH}, {"body", PARAGRAPH},            {"br", LINE},
    {"button", NOISE},       {"canvas", NOISE},       {"caption", PARAGRAPH},           {"center", PARAGRAPH},
    {"datalist", NOISE},     {"dd", LINE},            {"details", PARAGRAPH},           {"dialog", NOISE},
    {"div", PARAGRAPH},      {"dl", PARAGRAPH},       {"dt", LINE},                     {"embed", NOISE},
    {"fieldset", PARAGRAPH}, {"figcaption", PARAGRAPH}, {"figure", PARAGRAPH},          {"footer", NOISE},
    {"form", PARAGRAPH | FORM}, {"h1", PARAGRAPH | HEADING}, {"h2", PARAGRAPH},         {"h3", PARAGRAPH},
    {"h4", PARAGRAPH},       {"h5", PARAGRAPH},       {"h6", PARAGRAPH},                {"head", NOISE},
    {"header", PARAGRAPH | HEADER}, {"hgroup", PARAGRAPH}, {"hr", PARAGRAPH},           {"html", PARAGRAPH},
    {"iframe", NOISE},       {"input", NOISE},        {"legend", LINE},                 {"li", LINE},
    {"main", PARAGRAPH | MAIN}, {"map", NOISE},       {"menu", NOISE},                  {"nav", NOISE},
    {"noframes", NOISE},     {"noscript", NOISE},     {"object", NOISE},                {"ol", PARAGRAPH},
    {"option", LINE},        {"p", PARAGRAPH},        {"pre", PARAGRAPH | PRE},         {"script", NOISE},
    {"section", PARAGRAPH},  {"select", NOISE},       {"style", NOISE},                 {"summary", PARAGRAPH},
    {"svg", NOISE},          {"table", PARAGRAPH},    {"td", TAB},                      {"template", NOISE},
    {"textarea", NOISE},     {"th", TAB},             {"time", TIME},                   {"title", NOISE},
    {"tr", LINE},            {"ul", PARAGRAPH},       {"video", NOISE},
};

static int compare_tag(const void *name, const void *tag) { return strcmp(name, ((const Tag *)tag)->name); }

static int traits_by_attributes(const xmlNode *node) {
  static const char *const noise[] = {"navigation", "contentinfo", "complementary", "search",  "dialog", "menu",
                                      "menubar",    "toolbar",     "button",        "tablist", NULL};
  const char *role = attribute(node, "role");
  int traits = 0;
  if (role != NULL && is_one_of(role, noise)) traits |= NOISE;
  if (role != NULL && strcasecmp(role, "banner") == 0) traits |= HEADER;
  if (role != NULL && strcasecmp(role, "main") == 0) traits |= MAIN;
  if (attribute(node, "hidden") != NULL || has_value(node, "aria-hidden", "true")) traits |= NOISE;
  const char *style = attribute(node, "style");
  return style != NULL && is_hidden_by_style(style) ? traits | NOISE : traits;
}

static Element *element_of(const xmlNode *node) { return node->_private; }

static int traits_of(const xmlNode *node) { return node->type == XML_ELEMENT_NODE ? element_of(node)->traits : 0; }

static int traits_by_tag(const xmlNode *node) {
  const Tag *tag = bsearch(node->name, tags, sizeof tags / sizeof *tags, sizeof *tags, compare_tag);
  int traits = tag != NULL ? tag->traits : NOTHING;
  return node->properties != NULL ? traits | traits_by_attributes(node) : traits;
}

/* The node behind `node` in document order, below `root`. */
static xmlNode *node_behind(xmlNode *node, const xmlNode *root) {
  if (node->type == XML_ELEMENT_NODE && node->children != NULL) return node->children;
  while (node != root && node->next == NULL) node = node->parent;
  return node == root ? NULL : node->next;
}

/* Gives each element below `root` its place in an array, which the caller frees; NULL without memory. */
static Element *read_elements(xmlNode *root) {
  size_t count = 0;
  for (xmlNode *node = root; node != NULL; node = node_behind(node, root)) count += node->type == XML_ELEMENT_NODE;
  Element *elements = calloc(count, sizeof *elements);
  if (elements == NULL) return NULL;
  Element *next = elements;
  for (xmlNode *node = root; node != NULL; node = node_behind(node, root)) {
    if (node->type != XML_ELEMENT_NODE) continue;
    next->traits = traits_by_tag(node);
    node->_private = next++;
  }
  return elements;
}

/* What a walk leaves out besides noise. */
enum { FORMS = FORM, BESIDE = CLUTTER };

/* Whether an element is no part of the article. `in_article`: it stands in <article> or <main>. */
static int is_noise(xmlNode *node, int in_article, int leaves_out) {
  int traits = traits_of(node);
  return (traits & (NOISE | leaves_out)) != 0 || ((traits & HEADER) != 0 && !in_article);
}

static int is_article(xmlNode *node) { return (traits_of(node) & (ARTICLE | MAIN)) != 0; }

static int stands_in_article(xmlNode *node) {
  for (node = node->parent; node != NULL; node = node->parent)
    if (is_article(node)) return 1;
  return 0;
}

/* Walks through the elements and texts below `root` that are no noise, in document order, without recursion. `enter`
 * may return 0 to leave the children out. */
typedef struct Walk {
  int leaves_out; /* FORMS, BESIDE */
  int article_depth;
  int (*enter)(struct Walk *, xmlNode *);
  void (*leave)(struct Walk *, xmlNode *);
  void (*text)(struct Walk *, const uint8_t *);
} Walk;

static void walk(Walk *w, xmlNode *root) {
  w->article_depth = stands_in_article(root);
  xmlNode *node = root;
  while (node != NULL) {
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
      if (w->text != NULL && node->content != NULL) w->text(w, node->content);
    } else if (node->type == XML_ELEMENT_NODE && (node == root || !is_noise(node, w->article_depth > 0, w->leaves_out))) {
      if (w->enter(w, node)) {
        if (is_article(node)) ++w->article_depth;
        if (node->children != NULL) {
          node = node->children;
          continue;
        }
        if (is_article(node)) --w->article_depth;
        if (w->leave != NULL) w->leave(w, node);
      }
    }
    while (node != root && node->next == NULL) {
      node = node->parent;
      if (is_article(node)) --w->article_depth;
      if (w->leave != NULL) w->leave(w, node);
    }
    if (node == root) break;
    node = node->next;
  }
}

/* ---- What stands beside the article ------------------------------------------------------------------------------ */

/* Words by which pages name their parts that are no article, in `class` and `id`; as in Mozilla's Readability, without those
 * that also stand on articles: `header`, `widget` of page builders, `tag-…` of WordPress. */
static int is_clutter_word(const char *word, size_t length) {
  static const char *const words[] = {"ads", "advertisement", "banner", "breadcrumb", "breadcrumbs", "comment",
                                      "comments", "cookie", "disqus", "footer", "menu", "modal", "nav", "navbar",
                                      "newsletter", "pagination", "paging", "popular", "popup", "recommended",
                                      "related", "relatedposts", "share", "sharedaddy", "sharing", "sidebar",
                                      "social", "sponsor", "subscribe", "topbar", "trending", NULL};
  for (const char *const *w = words; *w != NULL; ++w)
    if (strlen(*w) == length && strncasecmp(*w, word, length) == 0) return 1;
  return 0;
}

static int is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static int has_clutter_word(const char *names) {
  if (names == NULL) return 0;
  while (*names != 0) {
    size_t length = 0;
    while (is_letter(names[length])) ++length;
    if (length > 0 && is_clutter_word(names, length)) return 1;
    names += length > 0 ? length : 1;
  }
  return 0;
}

/* An element that is little but links: a menu, a row of labels, a list of other articles. */
static int is_row_of_links(const Element *e) {
  if (e->links >= 3 && e->linked >= e->text - e->text / 3) return 1;
  return e->links > 0 && e->linked >= e->text - e->text / 10 && (e->links > 1 || e->text < LONG_ENOUGH);
}

/* Elements that hold blocks; a paragraph may well be a link as a whole. */
static int is_container(const xmlNode *node) {
  static const char *const names[] = {"div", "section", "ul", "ol", "dl", "table", "tbody", "tr", "td", NULL};
  return is_one_of((const char *)node->name, names);
}

/* Marks what the names of elements, or the share of links in their text, show to stand beside the article. What holds the
 * headline, or a third of all text outside of links, is never marked. Linear: the counts of an element go to its parent. */
static void mark_clutter(xmlNode *root) {
  for (xmlNode *node = root; node != NULL;) {
    int is_element = node->type == XML_ELEMENT_NODE;
    if (is_element && !(traits_of(node) & NOISE) && node->children != NULL) {
      node = node->children;
      continue;
    }
    for (;;) { /* `node` is complete */
      Element *parent = node == root ? NULL : element_of(node->parent);
      if (node->type == XML_ELEMENT_NODE) {
        Element *e = element_of(node);
        if (e->traits & HEADING) e->has_heading = 1;
        if (e->traits & LINK) {
          e->linked = e->text;
          e->links = e->text > 0;
        }
        if (parent != NULL && !(e->traits & NOISE)) {
          parent->text += e->text;
          parent->linked += e->linked;
          parent->links += e->links;
          parent->has_heading |= e->has_heading;
        }
      } else if (node->content != NULL && parent != NULL) {
        for (const xmlChar *c = node->content; *c != 0; ++c) parent->text += *c > ' ';
      }
      if (node == root || node->next != NULL) break;
      node = node->parent;
    }
    node = node == root ? NULL : node->next;
  }
  const Element *page = element_of(root);
  uint32_t much = (page->text - page->linked) / 3;
  for (xmlNode *node = root; node != NULL; node = node_behind(node, root)) {
    if (node->type != XML_ELEMENT_NODE || !is_container(node)) continue;
    Element *e = element_of(node);
    if (e->has_heading || e->text - e->linked > much) continue;
    if (is_row_of_links(e) || has_clutter_word(attribute(node, "class")) || has_clutter_word(attribute(node, "id")))
      e->traits |= CLUTTER;
  }
}

/* ---- Text ------------------------------------------------------------------------------------------------------- */

typedef struct {
  Walk walk;
  Buffer out;
  int gap; /* what stands between the last character and the next one */
  int is_one_line;
  int pre_depth;
} Extraction;

static void widen_gap(Extraction *e, int gap) {
  if (gap > e->gap) e->gap = gap;
}

static int extract_enter(Walk *w, xmlNode *node) {
  Extraction *e = (Extraction *)w;
  int traits = traits_of(node);
  widen_gap(e, traits & GAP);
  /* Links side by side are set apart by style alone. */
  if (traits & LINK && node->prev != NULL && traits_of(node->prev) & LINK) widen_gap(e, SPACE);
  if (traits & PRE) ++e->pre_depth;
  return 1;
}

static void extract_leave(Walk *w, xmlNode *node) {
  Extraction *e = (Extraction *)w;
  int traits = traits_of(node);
  widen_gap(e, traits & GAP);
  if (traits & PRE) --e->pre_depth;
}

static void put(Extraction *e, const uint8_t *bytes, size_t count) {
  static const char *const gaps[] = {"", " ", "\t", "\n", "\n\n"};
  if (e->gap != NOTHING && e->out.count > 0) {
    const char *gap = gaps[e->is_one_line ? SPACE : e->gap];
    buffer_add(&e->out, gap, strlen(gap));
  }
  e->gap = NOTHING;
  buffer_add(&e->out, bytes, count);
}

static void extract_text(Walk *w, const uint8_t *text) {
  Extraction *e = (Extraction *)w;
  const uint8_t *c = text;
  while (*c != 0) {
    if (*c == ' ' || (*c >= 9 && *c <= 13)) {
      widen_gap(e, e->pre_depth > 0 && *c == '\n' ? (e->gap >= LINE ? PARAGRAPH : LINE) : SPACE);
      ++c;
    } else if (c[0] == 0xC2 && c[1] == 0xA0) {
      widen_gap(e, SPACE);
      c += 2;
    } else if (c[0] == 0xC2 && c[1] >= 0x80 && c[1] < 0xA0) {
      /* &#150; and its like mean Windows-1252, says the HTML standard. What has no meaning there is left out. */
      uint32_t value = fk_windows1252(c[1]);
      if (value >= 0x800) {
        uint8_t three[3] = {(uint8_t)(0xE0 | value >> 12), (uint8_t)(0x80 | (value >> 6 & 0x3F)),
                            (uint8_t)(0x80 | (value & 0x3F))};
        put(e, three, 3);
      } else if (value >= 0xA0) {
        uint8_t two[2] = {(uint8_t)(0xC0 | value >> 6), (uint8_t)(0x80 | (value & 0x3F))};
        put(e, two, 2);
      }
      c += 2;
    } else {
      const uint8_t *start = c++;
      while (*c > ' ' && *c != 0xC2) ++c;
      put(e, start, (size_t)(c - start));
    }
  }
}

static Buffer text_of(xmlNode *root, int leaves_out, int is_one_line) {
  Extraction e = {.walk = {.leaves_out = leaves_out, .enter = extract_enter, .leave = extract_leave, .text = extract_text},
                  .is_one_line = is_one_line};
  walk(&e.walk, root);
  return e.out;
}

/* ---- Which part of the page is the article ---------------------------------------------------------------------- */

typedef struct {
  Walk walk;
  xmlNode *article, *main, *body_text; /* the longest <article>, the first <main>, the first itemprop=articleBody */
  Buffer article_text;
  xmlNode *heading;
  int heading_count;
  const char *time, *marked_time;
  int open_articles;
  int out_of_memory;
} Search;

static void look_at(Search *s, xmlNode *node) {
  int traits = traits_of(node);
  if (traits & HEADING) {
    if (s->heading == NULL) s->heading = node;
    ++s->heading_count;
  }
  if (traits & MAIN && s->main == NULL) s->main = node;
  if (node->properties == NULL) return;
  const char *property = attribute(node, "itemprop");
  const char *time = traits & TIME ? attribute(node, "datetime") : NULL;
  if (time != NULL && *time != 0) {
    if (s->time == NULL) s->time = time;
    int is_marked = attribute(node, "pubdate") != NULL || (property != NULL && strcasecmp(property, "datePublished") == 0);
    if (s->marked_time == NULL && is_marked) s->marked_time = time;
  }
  if (property != NULL && strcasecmp(property, "articleBody") == 0 && s->body_text == NULL) s->body_text = node;
}

static int search_enter(Walk *w, xmlNode *node) {
  Search *s = (Search *)w;
  look_at(s, node);
  /* Articles inside of an article, comments say, belong to it. */
  if ((traits_of(node) & ARTICLE) && s->open_articles++ == 0) {
    Buffer text = text_of(node, FORMS | BESIDE, 0);
    s->out_of_memory |= text.failed;
    if (text.count > s->article_text.count) {
      buffer_free(&s->article_text);
      s->article_text = text;
      s->article = node;
    } else {
      buffer_free(&text);
    }
  }
  return 1;
}

static void search_leave(Walk *w, xmlNode *node) {
  if (traits_of(node) & ARTICLE) --((Search *)w)->open_articles;
}

static Search search(xmlNode *root) {
  Search s = {.walk = {.enter = search_enter, .leave = search_leave}};
  walk(&s.walk, root);
  return s;
}

/* Chooses the part that is the article and moves its text to `page`. */
static xmlNode *choose(FkPage *page, Search *s, xmlNode *body) {
  Buffer whole = text_of(body, FORMS | BESIDE, 0);
  xmlNode *root = body;
  page->text = whole;
  /* A list of teasers is many small articles; none of them is the page. */
  if (s->article_text.count >= LONG_ENOUGH && s->article_text.count >= whole.count / 4) {
    page->text = s->article_text;
    s->article_text = (Buffer){0};
    buffer_free(&whole);
    return s->article;
  }
  xmlNode *candidates[] = {s->main, s->body_text};
  for (size_t i = 0; i < 2; ++i) {
    if (candidates[i] == NULL) continue;
    Buffer text = text_of(candidates[i], FORMS | BESIDE, 0);
    if (text.count >= LONG_ENOUGH) {
      page->text = text;
      buffer_free(&whole);
      return candidates[i];
    }
    buffer_free(&text);
  }
  /* Some servers put the whole page into one form; and some pages are nothing but links. */
  for (int leaves_out = BESIDE; leaves_out >= 0 && page->text.count < (leaves_out ? LONG_ENOUGH : LONG_ENOUGH / 4);
       leaves_out -= BESIDE) {
    Buffer text = text_of(body, leaves_out, 0);
    if (text.count > page->text.count) {
      buffer_free(&page->text);
      page->text = text;
    } else {
      buffer_free(&text);
    }
  }
  return root;
}

/* ---- Headline and date ------------------------------------------------------------------------------------------ */

/* Collects the <meta> elements, which may also stand in the body, as pointers. */
static Buffer metas_of(xmlNode *html) {
  Buffer metas = {0};
  for (xmlNode *node = html; node != NULL;) {
    if (node->type == XML_ELEMENT_NODE) {
      if (node->properties != NULL && strcmp((const char *)node->name, "meta") == 0)
        buffer_add(&metas, &node, sizeof node);
      if (node->children != NULL) {
        node = node->children;
        continue;
      }
    }
    while (node != html && node->next == NULL) node = node->parent;
    node = node == html ? NULL : node->next;
  }
  return metas;
}

/* The content of the first <meta> that has one of `names` as its name, property or itemprop. */
static const char *meta_content(const Buffer *metas, const char *const *names) {
  static const char *const keys[] = {"property", "name", "itemprop"};
  for (size_t at = 0; at < metas->count; at += sizeof(xmlNode *)) {
    const xmlNode *node;
    memcpy(&node, metas->bytes + at, sizeof node);
    const char *content = attribute(node, "content");
    if (content == NULL || *content == 0) continue;
    for (size_t i = 0; i < 3; ++i) {
      const char *name = attribute(node, keys[i]);
      if (name != NULL && is_one_of(name, names)) return content;
    }
  }
  return NULL;
}

static void set_line(Buffer *out, const char *text) {
  Extraction e = {.is_one_line = 1};
  extract_text(&e.walk, (const uint8_t *)text);
  buffer_free(out);
  *out = e.out;
}

/* Finds "datePublished": "..." in the JSON-LD scripts; an escape ends the value, dates have none but \/. */
static int set_linked_date(Buffer *out, Buffer *linked) {
  static const char key[] = "\"datePublished\"";
  buffer_add(linked, "", 1);
  if (linked->failed) return 0;
  --linked->count; /* the end of the string is no part of the scripts */
  for (const char *c = (const char *)linked->bytes; (c = strstr(c, key)) != NULL;) {
    c += sizeof key - 1;
    c += strspn(c, " \t\r\n");
    if (*c != ':') continue;
    ++c;
    c += strspn(c, " \t\r\n");
    if (*c != '"') continue;
    ++c;
    size_t length = strcspn(c, "\"\n");
    if (length == 0 || length > 64) continue;
    buffer_free(out);
    for (size_t i = 0; i < length; ++i)
      if (c[i] != '\\') buffer_add(out, c + i, 1);
    return 1;
  }
  return 0;
}

static void find_date(FkPage *page, const Buffer *metas, const Search *in_article, const Search *in_page) {
  static const char *const published[] = {"article:published_time", "og:published_time", "datePublished", NULL};
  static const char *const named[] = {"pubdate",  "publishdate", "publish-date", "publish_date", "content_publishdate",
                                      "dc.date",  "dc.date.issued", "article.published", "date", NULL};
  const char *date = in_article->marked_time;
  if (date == NULL) date = meta_content(metas, published);
  if (date == NULL && set_linked_date(&page->date, &page->linked)) return;
  if (date == NULL) date = meta_content(metas, named);
  if (date == NULL) date = in_article->time;
  if (date == NULL) date = in_page->marked_time;
  if (date == NULL) date = in_page->time;
  if (date != NULL) set_line(&page->date, date);
}


static xmlNode *title_element(xmlNode *html) {
  for (xmlNode *part = html->children; part != NULL; part = part->next) {
    if (!is_named(part, "head")) continue;
    for (xmlNode *node = part->children; node != NULL; node = node->next)
      if (is_named(node, "title")) return node;
  }
  return NULL;
}

static void set_text(Buffer *out, xmlNode *node) {
  buffer_free(out);
  if (node != NULL) *out = text_of(node, 0, 1);
}

static void find_title(FkPage *page, xmlNode *html, const Buffer *metas, const Search *in_article,
                       const Search *in_page) {
  static const char *const shared[] = {"og:title", "twitter:title", NULL};
  set_text(&page->title, in_article->heading);
  if (page->title.count > 0) return;
  const char *title = meta_content(metas, shared);
  if (title != NULL) set_line(&page->title, title);
  if (page->title.count > 0) return;
  if (in_page->heading_count == 1) set_text(&page->title, in_page->heading);
  if (page->title.count > 0) return;
  set_text(&page->title, title_element(html));
}

/* ---- The page --------------------------------------------------------------------------------------------------- */

static void read_tree(FkPage *page, xmlDoc *document) {
  xmlNode *html = xmlDocGetRootElement(document);
  if (html == NULL) return;
  Element *elements = read_elements(html);
  if (elements == NULL) {
    page->status = FK_PAGE_NO_MEMORY;
    return;
  }
  xmlNode *body = html;
  for (xmlNode *node = html->children; node != NULL; node = node->next)
    if (is_named(node, "body")) body = node;
  mark_clutter(body);
  Search in_page = search(body);
  xmlNode *root = choose(page, &in_page, body);
  Search in_article = root == body ? in_page : search(root);
  Buffer metas = metas_of(html);
  find_title(page, html, &metas, &in_article, &in_page);
  find_date(page, &metas, &in_article, &in_page);
  int failed = metas.failed || in_page.out_of_memory || in_article.out_of_memory || page->text.failed || page->title.failed ||
               page->linked.failed;
  if (failed) page->status = FK_PAGE_NO_MEMORY;
  buffer_free(&metas);
  if (root != body) buffer_free(&in_article.article_text);
  buffer_free(&in_page.article_text);
  free(elements);
}

static void start_library(void) { xmlInitParser(); }

FkPage *fk_page_read(const uint8_t *bytes, size_t count) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, start_library);
  FkPage *page = calloc(1, sizeof *page);
  if (page == NULL || count == 0) return page;
  if (count >= INT_MAX) {
    page->status = FK_PAGE_TOO_LARGE;
    return page;
  }
  uint8_t *copy = malloc(count);
  if (copy == NULL) {
    page->status = FK_PAGE_NO_MEMORY;
    return page;
  }
  memcpy(copy, bytes, count);
  tame(copy, count);
  Parse parse = {.limit = 16 * count + 10000000, .linked = &page->linked};
  xmlDoc *document = parse_page(&parse, copy, count);
  free(copy);
  if (document == NULL) {
    page->status = parse.is_cut ? FK_PAGE_CUT : FK_PAGE_OK;
  } else {
    if (parse.is_cut) page->status = FK_PAGE_CUT;
    read_tree(page, document);
    xmlFreeDoc(document);
  }
  return page;
}

void fk_page_free(FkPage *page) {
  if (page == NULL) return;
  buffer_free(&page->text);
  buffer_free(&page->title);
  buffer_free(&page->date);
  buffer_free(&page->linked);
  free(page);
}

int fk_page_status(const FkPage *page) { return page->status; }

static const uint8_t *contents(const Buffer *buffer, size_t *count) {
  *count = buffer->count;
  return buffer->count > 0 ? buffer->bytes : NULL;
}

const uint8_t *fk_page_text(const FkPage *page, size_t *count) { return contents(&page->text, count); }
const uint8_t *fk_page_title(const FkPage *page, size_t *count) { return contents(&page->title, count); }
const uint8_t *fk_page_date(const FkPage *page, size_t *count) { return contents(&page->date, count); }
const uint8_t *fk_page_linked_data(const FkPage *page, size_t *count) { return contents(&page->linked, count); }
