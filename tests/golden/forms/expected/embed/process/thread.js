annalsEmbed("process/thread",{"count":10,"name":"Thread","number":0,"parts":[[-16057,null]]});
annalsEmbed("process/thread.0",{"events":[
[0,"before-christ","Before-christ","15 March 45 BC","glyph glyph-meeting","event importance-3 family-talks",[["kind","Meeting"],["actor","Alpha"]],[-16057],[0],[0]],
[1,"decade","Decade","a year in the 1990s","mark mark-year","event importance-3 family-talks",[["kind","Meeting"],["actor","Alpha"]],[726773,730424],[0],[0]],
[2,"month","A month, roughly","about November 2017","mark mark-month is-approximate","event importance-2 family-talks",[["kind","Meeting"],["actor","Alpha"],["confidence","Disputed"]],[736939,736968],[0],[0]],
[3,"day","A day","20 November 2017","glyph glyph-meeting","event importance-1 family-talks",[["kind","Meeting"],["actor","Alpha"]],[736958],[0],[0]],
[4,"range","Range","28 November – 14 December 2017","mark mark-days","event importance-3 family-talks",[["kind","Meeting"],["actor","Alpha"]],[736966,736982,[736966,736982]],[0],[0]],
[5,"year","Year","2018 (uncertain)","mark mark-year is-uncertain","event importance-3 family-talks",[["kind","Meeting"],["actor","Alpha"]],[737000,737364],[0],[0]],
[6,"open","Open","from January 2018 on","mark mark-open opens-after","event importance-3 family-talks",[["kind","Meeting"],["actor","Alpha"]],[737000,null],[0],[0]],
[7,"one-of","One-of","1 February 2018 or 3 February 2018","mark mark-one-of","event importance-3 family-talks",[["kind","Meeting"],["actor","Alpha"]],[737031,737033],[0],[0]],
[8,"instant","Instant","1 March 2018, 12:30 (UTC+3)","glyph glyph-meeting","event importance-3 family-talks",[["kind","Meeting"],["actor","Alpha"]],[737059],[0],[0]],
[9,"season","Season","spring 2018","mark mark-month","event importance-3 family-talks",[["kind","Meeting"],["actor","Alpha"]],[737059,737150],[0],[0]]]});
