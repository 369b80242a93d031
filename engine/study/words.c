// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/study/words.h"

const struct label missing_labels[MISSING_COUNT] = {
    [VALID] = LABEL("valid", "valid answer", "réponse valide"),
    [MISSING_BLANK] = LABEL("blank", "no answer", "sans réponse"),
    [MISSING_DONT_KNOW] = LABEL("dont_know", "don't know", "ne sait pas"),
    [MISSING_NOT_APPLICABLE] = LABEL("not_applicable", "not applicable", "sans objet"),
    [MISSING_REFUSED] = LABEL("refused", "refused", "refus"),
    [MISSING_NOT_ASKED] = LABEL("not_asked", "not asked", "non demandé"),
    [MISSING_BAD_TEXT] = LABEL("bad_text", "cannot be read", "illisible"),
    [MISSING_OUT_OF_RANGE] = LABEL("out_of_range", "off the scale", "hors de l'échelle"),
};

const struct label scale_labels[SCALE_COUNT] = {
    [SCALE_SATISFACTION] = LABEL("satisfaction", "satisfaction, 1 to 5", "satisfaction, de 1 à 5"),
    [SCALE_AGREEMENT] = LABEL("agreement", "agreement, 1 to 5", "accord, de 1 à 5"),
    [SCALE_IMPORTANCE] = LABEL("importance", "importance, 1 to 5", "importance, de 1 à 5"),
    [SCALE_LIKERT] = LABEL("likert", "rating scale", "échelle d'évaluation"),
    [SCALE_NPS] =
        LABEL("nps", "likelihood to recommend, 0 to 10", "probabilité de recommander, de 0 à 10"),
    [SCALE_YES_NO] = LABEL("yes_no", "yes or no", "oui ou non"),
    [SCALE_CATEGORY] = LABEL("category", "one choice", "choix unique"),
    [SCALE_MULTIPLE] = LABEL("multiple", "several choices", "choix multiples"),
    [SCALE_NUMBER] = LABEL("number", "number", "nombre"),
};

static const struct label satisfaction[] = {
    LABEL("1", "very dissatisfied", "très insatisfait"),
    LABEL("2", "somewhat dissatisfied", "plutôt insatisfait"),
    LABEL("3", "neither satisfied nor dissatisfied", "ni satisfait ni insatisfait"),
    LABEL("4", "somewhat satisfied", "plutôt satisfait"),
    LABEL("5", "very satisfied", "très satisfait"),
};
static const struct label agreement[] = {
    LABEL("1", "strongly disagree", "fortement en désaccord"),
    LABEL("2", "disagree", "en désaccord"),
    LABEL("3", "neither agree nor disagree", "ni d'accord ni en désaccord"),
    LABEL("4", "agree", "d'accord"),
    LABEL("5", "strongly agree", "fortement d'accord"),
};
static const struct label importance[] = {
    LABEL("1", "not at all important", "pas du tout important"),
    LABEL("2", "not very important", "peu important"),
    LABEL("3", "somewhat important", "moyennement important"),
    LABEL("4", "important", "important"),
    LABEL("5", "very important", "très important"),
};
static const struct label yes_no[] = {
    LABEL("yes", "yes", "oui"),
    LABEL("no", "no", "non"),
};

const struct scale_words scale_words[SCALE_COUNT] = {
    [SCALE_SATISFACTION] = {satisfaction, 5},
    [SCALE_AGREEMENT] = {agreement, 5},
    [SCALE_IMPORTANCE] = {importance, 5},
    [SCALE_YES_NO] = {yes_no, 2},
};

const char *const role_ids[ROLE_COUNT] = {
    [ROLE_NONE] = "",
    [ROLE_OVERALL] = "overall",
    [ROLE_BEST] = "best",
    [ROLE_EXCEEDS] = "exceeds",
    [ROLE_PRIORITY] = "priority",
    [ROLE_AWARE_UNAIDED] = "aware_unaided",
    [ROLE_AWARE_AIDED] = "aware_aided",
    [ROLE_RECALL] = "recall",
    [ROLE_WILLING] = "willing",
};

const char *const point_ids[POINT_COUNT] = {"registration", "authentication", "application",
                                            "decision",     "issuance",       "feedback"};

const char *const adjust_ids[] = {
    [ADJUST_HOLM] = "holm",
    [ADJUST_BH] = "bh",
    [ADJUST_BONFERRONI] = "bonferroni",
    [ADJUST_NONE] = "none",
};
