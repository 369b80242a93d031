// SPDX-License-Identifier: GPL-3.0-or-later
// NIST Statistical Reference Datasets (itl.nist.gov/div898/strd, public domain): data and certified
// values. The regressions have no study file: their decimals are not answers on a scale.
#include "engine/cli/selftest.h"

// clang-format off
#define HEAD            \
    "etalon: 1\n"       \
    "id: selftest\n"    \
    "title: selftest\n" \
    "suppress: {min_n: 1, rule: none, complementary: false}\n" \
    "surveys:\n"        \
    "  - id: s\n"       \
    "    files: [data.csv]\n"

static const char one_column[] = HEAD "    items:\n"
                                      "      - {id: y, column: y, scale: number}\n";
static const char groups[] =
    HEAD "    columns: {region: region}\n"
         "    items:\n"
         "      - {id: y, column: y, scale: number}\n";
#define MEAN(value) {ESTIMATES, "survey.mean,y,ALL,all", "value", value, 0}
#define SD(value) {ESTIMATES, "survey.sd,y,ALL,all", "value", value, 0}
#define F(value, between, within)                             \
    {TESTS, "anova,y,ALL,all,region", "statistic", value, 0}, \
    {TESTS, "anova,y,ALL,all,region", "df1", between, 15},    \
    {TESTS, "anova,y,ALL,all,region", "df2", within, 15}
#define R2(value) {REGRESSION, "x", "r_squared", value, 0}
#define SLOPE(i, value) {REGRESSION, "x" i, "slope", value, 0}
// clang-format on

// ---- data

static const char *const lottery[] = {
    "y\n162\n671\n933\n414\n788\n730\n817\n33\n536\n875\n670\n236\n473\n167\n877\n980\n316\n"
    "950\n456\n92\n517\n557\n956\n954\n104\n178\n794\n278\n147\n773\n437\n435\n502\n610\n582\n"
    "780\n689\n562\n964\n791\n28\n97\n848\n281\n858\n538\n660\n972\n671\n613\n867\n448\n738\n"
    "966\n139\n636\n847\n659\n754\n243\n122\n455\n195\n968\n793\n59\n730\n361\n574\n522\n97\n"
    "762\n431\n158\n429\n414\n22\n629\n788\n999\n187\n215\n810\n782\n47\n34\n108\n986\n25\n"
    "644\n829\n630\n315\n567\n919\n331\n207\n412\n242\n607\n668\n944\n749\n168\n864\n442\n533\n"
    "805\n372\n63\n458\n777\n416\n340\n436\n140\n919\n350\n510\n572\n905\n900\n85\n389\n473\n"
    "758\n444\n169\n625\n692\n140\n897\n672\n288\n312\n860\n724\n226\n884\n508\n976\n741\n476\n"
    "417\n831\n15\n318\n432\n241\n114\n799\n955\n833\n358\n935\n146\n630\n830\n440\n642\n356\n"
    "373\n271\n715\n367\n393\n190\n669\n8\n861\n108\n795\n269\n590\n326\n866\n64\n523\n862\n"
    "840\n219\n382\n998\n4\n628\n305\n747\n247\n34\n747\n729\n645\n856\n974\n24\n568\n24\n694\n"
    "608\n480\n410\n729\n947\n293\n53\n930\n223\n203\n677\n227\n62\n455\n387\n318\n562\n242\n"
    "428\n968\n",
    NULL};

static const char *const lew[] = {
    "y\n-213\n-564\n-35\n-15\n141\n115\n-420\n-360\n203\n-338\n-431\n194\n-220\n-513\n154\n"
    "-125\n-559\n92\n-21\n-579\n-52\n99\n-543\n-175\n162\n-457\n-346\n204\n-300\n-474\n164\n"
    "-107\n-572\n-8\n83\n-541\n-224\n180\n-420\n-374\n201\n-236\n-531\n83\n27\n-564\n-112\n"
    "131\n-507\n-254\n199\n-311\n-495\n143\n-46\n-579\n-90\n136\n-472\n-338\n202\n-287\n-477\n"
    "169\n-124\n-568\n17\n48\n-568\n-135\n162\n-430\n-422\n172\n-74\n-577\n-13\n92\n-534\n"
    "-243\n194\n-355\n-465\n156\n-81\n-578\n-64\n139\n-449\n-384\n193\n-198\n-538\n110\n-44\n"
    "-577\n-6\n66\n-552\n-164\n161\n-460\n-344\n205\n-281\n-504\n134\n-28\n-576\n-118\n156\n"
    "-437\n-381\n200\n-220\n-540\n83\n11\n-568\n-160\n172\n-414\n-408\n188\n-125\n-572\n-32\n"
    "139\n-492\n-321\n205\n-262\n-504\n142\n-83\n-574\n0\n48\n-571\n-106\n137\n-501\n-266\n"
    "190\n-391\n-406\n194\n-186\n-553\n83\n-13\n-577\n-49\n103\n-515\n-280\n201\n300\n-506\n"
    "131\n-45\n-578\n-80\n138\n-462\n-361\n201\n-211\n-554\n32\n74\n-533\n-235\n187\n-372\n"
    "-442\n182\n-147\n-566\n25\n68\n-535\n-244\n194\n-351\n-463\n174\n-125\n-570\n15\n72\n"
    "-550\n-190\n172\n-424\n-385\n198\n-218\n-536\n96\n",
    NULL};

static const char *const mavro[] = {
    "y\n2.00180\n2.00170\n2.00180\n2.00190\n2.00180\n2.00170\n2.00150\n2.00140\n2.00150\n"
    "2.00150\n2.00170\n2.00180\n2.00180\n2.00190\n2.00190\n2.00210\n2.00200\n2.00160\n2.00140\n"
    "2.00130\n2.00130\n2.00150\n2.00150\n2.00160\n2.00150\n2.00140\n2.00130\n2.00140\n2.00150\n"
    "2.00140\n2.00150\n2.00160\n2.00150\n2.00160\n2.00190\n2.00200\n2.00200\n2.00210\n2.00220\n"
    "2.00230\n2.00240\n2.00250\n2.00270\n2.00260\n2.00260\n2.00260\n2.00270\n2.00260\n2.00250\n"
    "2.00240\n",
    NULL};

static const char *const michelso[] = {
    "y\n299.85\n299.74\n299.90\n300.07\n299.93\n299.85\n299.95\n299.98\n299.98\n299.88\n"
    "300.00\n299.98\n299.93\n299.65\n299.76\n299.81\n300.00\n300.00\n299.96\n299.96\n299.96\n"
    "299.94\n299.96\n299.94\n299.88\n299.80\n299.85\n299.88\n299.90\n299.84\n299.83\n299.79\n"
    "299.81\n299.88\n299.88\n299.83\n299.80\n299.79\n299.76\n299.80\n299.88\n299.88\n299.88\n"
    "299.86\n299.72\n299.72\n299.62\n299.86\n299.97\n299.95\n299.88\n299.91\n299.85\n299.87\n"
    "299.84\n299.84\n299.85\n299.84\n299.84\n299.84\n299.89\n299.81\n299.81\n299.82\n299.80\n"
    "299.77\n299.76\n299.74\n299.75\n299.76\n299.91\n299.92\n299.89\n299.86\n299.88\n299.72\n"
    "299.84\n299.85\n299.85\n299.78\n299.89\n299.84\n299.78\n299.81\n299.76\n299.81\n299.79\n"
    "299.81\n299.82\n299.85\n299.87\n299.87\n299.81\n299.74\n299.81\n299.94\n299.95\n299.80\n"
    "299.81\n299.87\n",
    NULL};

static const char *const numacc1[] = {"y\n10000001\n10000003\n10000002\n", NULL};

static const char *const sirstv[] = {
    "region,y\n1,196.3052\n1,196.1240\n1,196.1890\n1,196.2569\n1,196.3403\n2,196.3042\n"
    "2,196.3825\n2,196.1669\n2,196.3257\n2,196.0422\n3,196.1303\n3,196.2005\n3,196.2889\n"
    "3,196.0343\n3,196.1811\n4,196.2795\n4,196.1748\n4,196.1494\n4,196.1485\n4,195.9885\n"
    "5,196.2119\n5,196.1051\n5,196.1850\n5,196.0052\n5,196.2090\n",
    NULL};

static const char *const atmwtag[] = {
    "region,y\n1,107.8681568\n1,107.8681465\n1,107.8681572\n1,107.8681785\n1,107.8681446\n"
    "1,107.8681903\n1,107.8681526\n1,107.8681494\n1,107.8681616\n1,107.8681587\n1,107.8681519\n"
    "1,107.8681486\n1,107.8681419\n1,107.8681569\n1,107.8681508\n1,107.8681672\n1,107.8681385\n"
    "1,107.8681518\n1,107.8681662\n1,107.8681424\n1,107.8681360\n1,107.8681333\n1,107.8681610\n"
    "1,107.8681477\n2,107.8681079\n2,107.8681344\n2,107.8681513\n2,107.8681197\n2,107.8681604\n"
    "2,107.8681385\n2,107.8681642\n2,107.8681365\n2,107.8681151\n2,107.8681082\n2,107.8681517\n"
    "2,107.8681448\n2,107.8681198\n2,107.8681482\n2,107.8681334\n2,107.8681609\n2,107.8681101\n"
    "2,107.8681512\n2,107.8681469\n2,107.8681360\n2,107.8681254\n2,107.8681261\n2,107.8681450\n"
    "2,107.8681368\n",
    NULL};

static const char *const norris[] = {
    "y,x1\n0.1,0.2\n338.8,337.4\n118.1,118.2\n888.0,884.6\n9.2,10.1\n228.1,226.5\n668.5,666.3\n"
    "998.5,996.3\n449.1,448.6\n778.9,777.0\n559.2,558.2\n0.3,0.4\n0.1,0.6\n778.1,775.5\n"
    "668.8,666.9\n339.3,338.0\n448.9,447.5\n10.8,11.6\n557.7,556.0\n228.3,228.1\n998.0,995.8\n"
    "888.8,887.6\n119.6,120.2\n0.3,0.3\n0.6,0.3\n557.6,556.8\n339.3,339.1\n888.0,887.2\n"
    "998.5,999.0\n778.9,779.0\n10.2,11.1\n117.6,118.3\n228.9,229.2\n668.4,669.1\n449.2,448.9\n"
    "0.2,0.5\n",
    NULL};

static const char *const longley[] = {
    "y,x1,x2,x3,x4,x5,x6\n60323,83.0,234289,2356,1590,107608,1947\n"
    "61122,88.5,259426,2325,1456,108632,1948\n60171,88.2,258054,3682,1616,109773,1949\n"
    "61187,89.5,284599,3351,1650,110929,1950\n63221,96.2,328975,2099,3099,112075,1951\n"
    "63639,98.1,346999,1932,3594,113270,1952\n64989,99.0,365385,1870,3547,115094,1953\n"
    "63761,100.0,363112,3578,3350,116219,1954\n66019,101.2,397469,2904,3048,117388,1955\n"
    "67857,104.6,419180,2822,2857,118734,1956\n68169,108.4,442769,2936,2798,120445,1957\n"
    "66513,110.8,444546,4681,2637,121950,1958\n68655,112.6,482704,3813,2552,123366,1959\n"
    "69564,114.2,502601,3931,2514,125368,1960\n69331,115.7,518173,4806,2572,127852,1961\n"
    "70551,116.9,554894,4007,2827,130081,1962\n",
    NULL};

static const char *const pontius[] = {
    "y,x1,x2\n.11019,150000,22500000000\n.21956,300000,90000000000\n"
    ".32949,450000,202500000000\n.43899,600000,360000000000\n.54803,750000,562500000000\n"
    ".65694,900000,810000000000\n.76562,1050000,1102500000000\n.87487,1200000,1440000000000\n"
    ".98292,1350000,1822500000000\n1.09146,1500000,2250000000000\n"
    "1.20001,1650000,2722500000000\n1.30822,1800000,3240000000000\n"
    "1.41599,1950000,3802500000000\n1.52399,2100000,4410000000000\n"
    "1.63194,2250000,5062500000000\n1.73947,2400000,5760000000000\n"
    "1.84646,2550000,6502500000000\n1.95392,2700000,7290000000000\n"
    "2.06128,2850000,8122500000000\n2.16844,3000000,9000000000000\n.11052,150000,22500000000\n"
    ".22018,300000,90000000000\n.32939,450000,202500000000\n.43886,600000,360000000000\n"
    ".54798,750000,562500000000\n.65739,900000,810000000000\n.76596,1050000,1102500000000\n"
    ".87474,1200000,1440000000000\n.98300,1350000,1822500000000\n"
    "1.09150,1500000,2250000000000\n1.20004,1650000,2722500000000\n"
    "1.30818,1800000,3240000000000\n1.41613,1950000,3802500000000\n"
    "1.52408,2100000,4410000000000\n1.63159,2250000,5062500000000\n"
    "1.73965,2400000,5760000000000\n1.84696,2550000,6502500000000\n"
    "1.95445,2700000,7290000000000\n2.06177,2850000,8122500000000\n"
    "2.16829,3000000,9000000000000\n",
    NULL};

// ---- certified values

static const struct selftest_expect pidigits_wanted[] = {MEAN("4.53480000000000"),
                                                         SD("2.86733906028871")};
static const struct selftest_expect lottery_wanted[] = {MEAN("518.958715596330"),
                                                        SD("291.699727470969")};
static const struct selftest_expect lew_wanted[] = {MEAN("-177.435000000000"),
                                                    SD("277.332168044316")};
static const struct selftest_expect mavro_wanted[] = {MEAN("2.00185600000000"),
                                                      SD("0.000429123454003053")};
static const struct selftest_expect michelso_wanted[] = {MEAN("299.852400000000"),
                                                         SD("0.0790105478190518")};
static const struct selftest_expect numacc1_wanted[] = {MEAN("10000002"), SD("1")};
static const struct selftest_expect numacc2_wanted[] = {MEAN("1.2"), SD("0.1")};
static const struct selftest_expect numacc3_wanted[] = {MEAN("1000000.2"), SD("0.1")};
static const struct selftest_expect numacc4_wanted[] = {MEAN("10000000.2"), SD("0.1")};

static const struct selftest_expect sirstv_wanted[] = {F("1.18046237440255E+00", "4", "20")};
static const struct selftest_expect atmwtag_wanted[] = {F("1.59467335677930E+01", "1", "46")};
static const struct selftest_expect smls01_wanted[] = {F("2.10000000000000E+01", "8", "180")};
static const struct selftest_expect smls02_wanted[] = {F("2.01000000000000E+02", "8", "1800")};
static const struct selftest_expect smls03_wanted[] = {F("2.00100000000000E+03", "8", "18000")};
static const struct selftest_expect smls04_wanted[] = {F("2.10000000000000E+01", "8", "180")};
static const struct selftest_expect smls05_wanted[] = {F("2.01000000000000E+02", "8", "1800")};
static const struct selftest_expect smls06_wanted[] = {F("2.00100000000000E+03", "8", "18000")};
static const struct selftest_expect smls07_wanted[] = {F("2.10000000000000E+01", "8", "180")};
static const struct selftest_expect smls08_wanted[] = {F("2.01000000000000E+02", "8", "1800")};
static const struct selftest_expect smls09_wanted[] = {F("2.00100000000000E+03", "8", "18000")};

static const struct selftest_expect norris_wanted[] = {SLOPE("1", "1.00211681802045"),
                                                       R2("0.999993745883712")};
static const struct selftest_expect pontius_wanted[] = {SLOPE("1", "0.732059160401003E-06"),
                                                        SLOPE("2", "-0.316081871345029E-14"),
                                                        R2("0.999999900178537")};
static const struct selftest_expect longley_wanted[] = {SLOPE("1", "15.0618722713733"),
                                                        SLOPE("2", "-0.358191792925910E-01"),
                                                        SLOPE("3", "-2.02022980381683"),
                                                        SLOPE("4", "-1.03322686717359"),
                                                        SLOPE("5", "-0.511041056535807E-01"),
                                                        SLOPE("6", "1829.15146461355"),
                                                        R2("0.995479004577296")};
static const struct selftest_expect wampler1_wanted[] = {
    SLOPE("1", "1"), SLOPE("2", "1"), SLOPE("3", "1"), SLOPE("4", "1"), SLOPE("5", "1"), R2("1")};
static const struct selftest_expect wampler2_wanted[] = {
    SLOPE("1", "0.1"),    SLOPE("2", "0.01"),    SLOPE("3", "0.001"),
    SLOPE("4", "0.0001"), SLOPE("5", "0.00001"), R2("1")};
static const struct selftest_expect wampler3_wanted[] = {SLOPE("1", "1"), SLOPE("2", "1"),
                                                         SLOPE("3", "1"), SLOPE("4", "1"),
                                                         SLOPE("5", "1"), R2("0.999995559025820")};
static const struct selftest_expect wampler4_wanted[] = {SLOPE("1", "1"), SLOPE("2", "1"),
                                                         SLOPE("3", "1"), SLOPE("4", "1"),
                                                         SLOPE("5", "1"), R2("0.957478440825662")};
static const struct selftest_expect wampler5_wanted[] = {
    SLOPE("1", "1"), SLOPE("2", "1"), SLOPE("3", "1"),
    SLOPE("4", "1"), SLOPE("5", "1"), R2("0.224668921574940E-02")};

// Digits wanted: statistics.md 16; two sets have certified values that are rounded themselves, and
// slopes and R² must do at least as well as those of R 4.2.2 (lm).
// clang-format off
static const struct selftest_study studies[] = {
    {"PiDigits", "NIST StRD", one_column, {{"data.csv", .make = selftest_pi, .base = 0, .rows = 5000}}, 15, SELFTEST_EXPECTS(pidigits_wanted)},
    {"Lottery", "NIST StRD", one_column, {{"data.csv", .text = lottery}}, 15, SELFTEST_EXPECTS(lottery_wanted)},
    {"Lew", "NIST StRD", one_column, {{"data.csv", .text = lew}}, 15, SELFTEST_EXPECTS(lew_wanted)},
    {"Mavro", "NIST StRD", one_column, {{"data.csv", .text = mavro}}, 15, SELFTEST_EXPECTS(mavro_wanted)},
    {"Michelso", "NIST StRD", one_column, {{"data.csv", .text = michelso}}, 15, SELFTEST_EXPECTS(michelso_wanted)},
    {"NumAcc1", "NIST StRD", one_column, {{"data.csv", .text = numacc1}}, 15, SELFTEST_EXPECTS(numacc1_wanted)},
    {"NumAcc2", "NIST StRD", one_column, {{"data.csv", .make = selftest_num_acc, .base = 1, .rows = 1001}}, 15, SELFTEST_EXPECTS(numacc2_wanted)},
    {"NumAcc3", "NIST StRD", one_column, {{"data.csv", .make = selftest_num_acc, .base = 1000000, .rows = 1001}}, 15, SELFTEST_EXPECTS(numacc3_wanted)},
    {"NumAcc4", "NIST StRD", one_column, {{"data.csv", .make = selftest_num_acc, .base = 10000000, .rows = 1001}}, 15, SELFTEST_EXPECTS(numacc4_wanted)},
    {"SiRstv", "NIST StRD", groups, {{"data.csv", .text = sirstv}}, 14.5, SELFTEST_EXPECTS(sirstv_wanted)},
    {"AtmWtAg", "NIST StRD", groups, {{"data.csv", .text = atmwtag}}, 14.5, SELFTEST_EXPECTS(atmwtag_wanted)},
    {"SmLs01", "NIST StRD", groups, {{"data.csv", .make = selftest_sm_ls, .base = 1, .rows = 21}}, 14.5, SELFTEST_EXPECTS(smls01_wanted)},
    {"SmLs02", "NIST StRD", groups, {{"data.csv", .make = selftest_sm_ls, .base = 1, .rows = 201}}, 14.5, SELFTEST_EXPECTS(smls02_wanted)},
    {"SmLs03", "NIST StRD", groups, {{"data.csv", .make = selftest_sm_ls, .base = 1, .rows = 2001}}, 14.5, SELFTEST_EXPECTS(smls03_wanted)},
    {"SmLs04", "NIST StRD", groups, {{"data.csv", .make = selftest_sm_ls, .base = 1000000, .rows = 21}}, 14.5, SELFTEST_EXPECTS(smls04_wanted)},
    {"SmLs05", "NIST StRD", groups, {{"data.csv", .make = selftest_sm_ls, .base = 1000000, .rows = 201}}, 14.5, SELFTEST_EXPECTS(smls05_wanted)},
    {"SmLs06", "NIST StRD", groups, {{"data.csv", .make = selftest_sm_ls, .base = 1000000, .rows = 2001}}, 14.5, SELFTEST_EXPECTS(smls06_wanted)},
    {"SmLs07", "NIST StRD", groups, {{"data.csv", .make = selftest_sm_ls, .base = 1000000000000, .rows = 21}}, 14.5, SELFTEST_EXPECTS(smls07_wanted)},
    {"SmLs08", "NIST StRD", groups, {{"data.csv", .make = selftest_sm_ls, .base = 1000000000000, .rows = 201}}, 14.5, SELFTEST_EXPECTS(smls08_wanted)},
    {"SmLs09", "NIST StRD", groups, {{"data.csv", .make = selftest_sm_ls, .base = 1000000000000, .rows = 2001}}, 14.5, SELFTEST_EXPECTS(smls09_wanted)},
    {"Norris", "NIST StRD", NULL, {{"data.csv", .text = norris}}, 13, SELFTEST_EXPECTS(norris_wanted)},
    {"Pontius", "NIST StRD", NULL, {{"data.csv", .text = pontius}}, 13, SELFTEST_EXPECTS(pontius_wanted)},
    {"Longley", "NIST StRD", NULL, {{"data.csv", .text = longley}}, 13, SELFTEST_EXPECTS(longley_wanted)},
    {"Wampler1", "NIST StRD", NULL, {{"data.csv", .make = selftest_wampler, .base = 0, .rows = 21}}, 13, SELFTEST_EXPECTS(wampler1_wanted)},
    {"Wampler2", "NIST StRD", NULL, {{"data.csv", .make = selftest_wampler, .base = -1, .rows = 21}}, 13, SELFTEST_EXPECTS(wampler2_wanted)},
    {"Wampler3", "NIST StRD", NULL, {{"data.csv", .make = selftest_wampler, .base = 1, .rows = 21}}, 13, SELFTEST_EXPECTS(wampler3_wanted)},
    {"Wampler4", "NIST StRD", NULL, {{"data.csv", .make = selftest_wampler, .base = 100, .rows = 21}}, 13, SELFTEST_EXPECTS(wampler4_wanted)},
    {"Wampler5", "NIST StRD", NULL, {{"data.csv", .make = selftest_wampler, .base = 10000, .rows = 21}}, 13, SELFTEST_EXPECTS(wampler5_wanted)},
};
// clang-format on
const struct selftest_list selftest_strd = {studies, sizeof studies / sizeof *studies};
