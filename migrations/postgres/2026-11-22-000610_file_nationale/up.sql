-- The queue over every CPAM: the condition is written so that it cannot be taken for five searches by state, after
-- which everything would be sorted.
DROP INDEX demande_file_nationale;
CREATE INDEX demande_file_nationale ON demande (prochaine_echeance, id)
    WHERE etat NOT IN ('installee', 'refusee', 'caduque', 'retiree', 'sans_suite');
