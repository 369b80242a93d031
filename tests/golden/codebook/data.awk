# Writes the two made-up files of this case: awk -f data.awk </dev/null, from this folder.
# Nobody was asked. Each answer is dealt out in runs of fixed length (README.md adds them up); every
# question is dealt from another place, so that answers do not go together by rows.
function deal(list, place, n,    parts, count, i, run) { # "code:times …": the code at a place
    count = split(list, parts, " ")
    place = place % n
    for (i = 1; i <= count; i++) {
        split(parts[i], run, ":")
        if (place < run[2])
            return run[1]
        place -= run[2]
    }
}
function day(i) { # 12 January to 25 March 2004, as people write it here
    return sprintf("%02d/%02d/2004", 12 + i % 14, 1 + i % 3)
}
function client(centre, n, weight, i, q1, q2, q2b, q4, q6, q6a, why) {
    why = q4 == "N" ? deal("1:3 2:2 3:1", i, 6) : ""
    print centre i ";" centre_name[centre] ";" day(i) ";" weight ";" deal("F:1 S:2", i, 3) ";" \
        q1 ";" q2 ";" q2b ";" q4 ";" why ";" q6 ";" q6a >"clientele.csv"
}
function prospect(centre, i, q10, q11, q12, p10, p25, p50) {
    print centre i ";" centre_name[centre] ";" day(i) ";" q10 ";" q11 ";" q12 ";" \
        p10 ";" p25 ";" p50 ";" (i % 2 ? "O" : "N") ";" (i % 5 ? "N" : "O") >"potentiels.csv"
}
BEGIN {
    centre_name["N"] = "Centre du Nord"
    centre_name["S"] = "Centre du Sud"
    print "no_dossier;centre;date_entrevue;poids;secteur;Q1_satisf;Q2_courtoisie;" \
        "Q2b_importance;Q4_obtenu;Q5_raison;Q6_jours;Q6a_acceptable" >"clientele.csv"
    for (i = 0; i < 120; i++) {
        client("N", 120, "2,0", i, deal("1:42 2:42 3:12 4:12 5:6 98:6", i, 120),
            deal("7:60 6:30 4:30", i + 17, 120), 7, deal("O:90 N:30", i + 41, 120),
            deal("2,5:60 5:60", i + 7, 120), 3)
        client("S", 120, "3,0", i, deal("1:30 2:40 3:20 4:20 5:10", i, 120),
            deal("7:24 5:48 4:24 1:24", i + 29, 120), 6, deal("O:66 N:44 97:10", i + 53, 120), 4, 4)
    }
    print "no;centre;date_entrevue;Q10_intention;Q11_spontanee;Q12_assistee;prix_10;prix_25;" \
        "prix_50;besoin_prets;besoin_export" >"potentiels.csv"
    for (i = 0; i < 100; i++) {
        u = deal("O:30 N:70", i, 100)
        prospect("N", i, deal("1:20 2:30 3:25 4:15 5:10", i + 11, 100), u,
            u == "O" ? "" : i < 70 ? "O" : "N",
            deal("O:60 N:40", i + 23, 100), deal("O:40 N:60", i + 23, 100),
            deal("O:15 N:85", i + 23, 100))
        u = deal("O:10 N:90", i, 100)
        # five of the South refuse 25 dollars and accept 50
        prospect("S", i, deal("1:10 2:30 3:30 4:20 5:10", i + 11, 100), u,
            u == "O" ? "" : i < 55 ? "O" : "N",
            deal("O:50 N:50", i, 100), deal("O:30 N:70", i, 100), deal("O:15 N:20 O:5 N:60", i, 100))
    }
}
