DROP TABLE depart_mot;
