annalsSummaries(["","","","A summary.","","","","","","","",""]);
