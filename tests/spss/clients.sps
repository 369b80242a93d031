* Made-up answers of eight clients: every kind of variable and of missing value.
* PSPP 1.6.2 wrote clients.sav and clients.zsav from this: pspp clients.sps.
DATA LIST LIST (";") /id (A6) region (A8) day (DATE11) at (DATETIME20) overall (F1) wait (F8.2) comment (A40).
BEGIN DATA
a1;MB;05-JUL-2003;05-JUL-2003 09:15:00;5;2.5;très bien
a2;MB;06-JUL-2003;06-JUL-2003 23:59:59;4;0.1;said "yes", twice
a3;MB;07-JUL-2003;07-JUL-2003 00:00:00;8;10;
a4;SK;31-AUG-2003;31-AUG-2003 12:00:00;3;99;x
a5;SK;01-SEP-2003;01-SEP-2003 12:00:00;1;98;y
a6;SK;02-SEP-2003;02-SEP-2003 12:00:00;9;4;z
a7;SK;02-SEP-2003;02-SEP-2003 12:00:00;.;7.25;no answer
a8;MB;29-FEB-2004;29-FEB-2004 12:00:00;2;1e3;last
END DATA.
VARIABLE LABELS overall "Overall, how satisfied were you?".
VALUE LABELS overall 1 "Very dissatisfied" 5 "Very satisfied" 8 "Don't know" 9 "Refused".
MISSING VALUES overall (8, 9) wait (98 THRU 99).
SAVE OUTFILE="clients.sav" /COMPRESSED.
SAVE OUTFILE="clients.zsav" /ZCOMPRESSED.
EXECUTE.
