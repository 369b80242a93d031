# Writes the made-up data of the golden cases: for c in plain one-region gaps forty; do
#   awk -v folder=tests/golden/$c -f tests/golden/data.awk -v name=$c </dev/null; done
# Nobody was asked and nothing was counted. Park and Miller's generator (1988), so that every awk
# gives the same files.
function roll(n) { # 0 .. n-1
    seed = (seed * 16807) % 2147483647
    return int(seed / 2147483647 * n)
}
function score(mean) { # an answer from 1 to 5
    v = int(mean + (roll(100) + roll(100) - 100) / 50 + 0.5)
    return v < 1 ? 1 : v > 5 ? 5 : v
}
function answer(mean) { # some say that they do not know
    return roll(20) == 0 ? 8 : score(mean)
}
function line(file, text) { print text > (folder "/" file) }
function respondents(file, region, period, n, mean, i, channel, row) {
    for (i = 0; i < n; i++) {
        channel = roll(3) ? "telephone" : "counter"
        row = region "," period "," (1 + roll(3)) "," channel "," answer(mean)
        row = row "," answer(mean - 0.4) "," score(4.6) "," answer(mean + 0.2) "," score(4.1)
        line(file, row "," answer(mean - 0.8) "," score(3.6) "," answer(mean + 0.1) "," score(4.4))
    }
}
function survey_head(file) {
    line(file, "region,period,weight,channel,overall,speed,speed_weight,staff,staff_weight," \
        "hours,hours_weight,clear,clear_weight")
}
function contacts(file, region, day, n, i, channel) {
    for (i = 0; i < n; i++) {
        channel = roll(4) == 0 ? "mail" : roll(3) ? "telephone" : "counter"
        line(file, region "," day "," channel ",c" roll(2 * n) "," \
            (channel == "mail" ? "" : 20 + roll(200)) "," (roll(4) ? "yes" : "no"))
    }
}
function quarter(i) { # 0 = 2002-03 Q1
    return (2002 + int(i / 4)) "-" substr("0304", 1 + 2 * int(i / 4), 2) " Q" (1 + i % 4)
}
function month(i) { # the second month of the quarter
    return (2002 + int((i + 1) / 4)) "-" substr("05081102", 1 + 2 * (i % 4), 2)
}
# Two regions, one of which has a group of six by mail.
function plain(i) {
    line("answers.csv", "region,channel,overall")
    for (i = 0; i < 60; i++)
        line("answers.csv", (i % 5 < 3 ? "North" : "South") "," \
            (i % 10 == 4 ? "mail" : i % 3 ? "telephone" : "counter") "," answer(i % 5 < 3 ? 4.1 : 3.4))
}
function one_region(q, w) {
    for (q = 3; q <= 7; q += 4) {
        file = "survey-" (q == 3 ? "before" : "now") ".csv"
        survey_head(file)
        respondents(file, "NT", quarter(q), q == 3 ? 46 : 52, q == 3 ? 3.6 : 4.2)
    }
    line("services.csv", "service,region,period,sector,level,reached")
    line("standards.csv", "standard,region,period,target,met,total")
    for (q = 6; q <= 7; q++) {
        line("services.csv", "guides,NT," quarter(q) ",information,publish,publish")
        line("services.csv", "permits,NT," quarter(q) ",licences," "transact," (q == 7 ? "transact" : "interact"))
        line("services.csv", "names,NT," quarter(q) ",licences,interact,publish")
        line("standards.csv", "phone,NT," quarter(q) ",80," (150 + 9 * q) ",260")
        line("standards.csv", "letter,NT," quarter(q) ",90,57,60")
        line("standards.csv", "visit,NT," quarter(q) ",75," (30 + q) ",31") # more were met than came
    }
}
# Three regions over eight quarters. East: 7 asked in 2003-04 Q2, nobody in 2002-03 Q3, the service
# level not counted in spring; West: one question changed in 2003-04 Q1 (a break in the study).
function gaps(q, r, n, w) {
    split("NORTH EAST WEST", ids, " ")
    line("calls.csv", "region,time,offered,handled,abandoned,within_pct")
    for (r = 1; r <= 3; r++) {
        file = "survey-" tolower(ids[r]) ".csv"
        survey_head(file)
        for (q = 0; q < 8; q++) {
            n = r == 2 && q == 5 ? 7 : r == 2 && q == 2 ? 0 : r == 2 && q == 7 ? 8 : 24
            respondents(file, ids[r], quarter(q), n, 3.3 + 0.3 * r - (r == 3) * q / 14 + (r == 1) * q / 9)
        }
        for (w = 0; w < 24; w++)
            if (r != 2 || w < 9 || w > 11)
                line("calls.csv", ids[r] "," (2002 + int((w + 3) / 12)) "-" \
                    sprintf("%02d", 1 + (w + 3) % 12) "-01," (n = 800 + roll(200)) "," (n - 60) \
                    ",60," (78 + roll(8) - (r == 3 && w == 15) * 25))
    }
    line("contacts.csv", "region,time,channel,client,wait,core")
    for (q = 4; q < 8; q++)
        for (r = 1; r <= 3; r++)
            contacts("contacts.csv", ids[r], month(q) "-20", r == 2 ? 16 : 60)
}
# Forty offices, from 12 to 51 answers each: more than a sample that small explains in a few.
function forty(r, id) {
    survey_head("survey.csv")
    line("services.csv", "service,region,period,sector,level,reached")
    line("standards.csv", "standard,region,period,target,met,total")
    line("targets.csv", "indicator,item,region,period,target,kind")
    for (r = 1; r <= 40; r++) {
        id = sprintf("B%02d", r)
        respondents("survey.csv", id, "2003Q4", 11 + r, r == 9 ? 4.7 : r == 31 ? 2.4 : 3.7)
        line("services.csv", "permits," id ",2003Q4,licences,transact," \
            (r % 3 == 0 ? "transact" : r % 3 == 1 ? "interact" : "publish"))
        line("standards.csv", "phone," id ",2003Q4,80," (100 + roll(60)) ",160")
        line("targets.csv", "cmt.index,overall," id ",2003Q4," (60 + roll(20)) ",")
    }
}
BEGIN {
    seed = 20031001
    if (name == "plain") plain()
    if (name == "one-region") one_region()
    if (name == "gaps") gaps()
    if (name == "forty") forty()
}
