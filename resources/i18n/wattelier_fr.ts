<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en_GB">
<context>
    <name>Chooser</name>
    <message>
        <source>Recorded values</source>
        <translation>Valeurs enregistrées</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Search the recorded values</source>
        <translation>Rechercher parmi les valeurs enregistrées</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Reading the history…</source>
        <translation>Lecture de l’historique…</translation>
    </message>
    <message>
        <source>Nothing is recorded yet</source>
        <translation>Rien n’est encore enregistré</translation>
    </message>
    <message>
        <source>Values appear here a few seconds after the first device has answered.</source>
        <translation>Les valeurs apparaissent ici quelques secondes après la première réponse d’un appareil.</translation>
    </message>
    <message>
        <source>1 curve</source>
        <translation>1 courbe</translation>
    </message>
    <message>
        <source>{0} curves</source>
        <translation>{0} courbes</translation>
    </message>
</context>
<context>
    <name>CurveTable</name>
    <message>
        <source>Curve</source>
        <translation>Courbe</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Maintenant</translation>
    </message>
    <message>
        <source>B − A</source>
        <translation>B − A</translation>
    </message>
    <message>
        <source>Min</source>
        <translation>Min</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Moyenne</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>Max</translation>
    </message>
</context>
<context>
    <name>DayCard</name>
    <message>
        <source>Reading the history…</source>
        <translation>Lecture de l’historique…</translation>
    </message>
    <message>
        <source>Back in time</source>
        <translation>Remonter le temps</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Jour</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Semaine</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Mois</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Année</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Plus tôt</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Solar production and consumption</source>
        <translation>Production solaire et consommation</translation>
    </message>
    <message>
        <source>Solar</source>
        <translation>Solaire</translation>
    </message>
    <message>
        <source>House</source>
        <translation>Maison</translation>
    </message>
    <message>
        <source>Nothing was recorded then.</source>
        <translation>Rien n’a été enregistré à cette période.</translation>
    </message>
    <message>
        <source>Nothing recorded yet. The curve begins after the first minutes.</source>
        <translation>Rien d’enregistré pour l’instant. La courbe commence après les premières minutes.</translation>
    </message>
    <message>
        <source>live</source>
        <translation>en direct</translation>
    </message>
    <message>
        <source>The history cannot be read ({0}). Live values go on; this is tried again in a minute.</source>
        <translation>L’historique est illisible ({0}). Les valeurs en direct continuent ; nouvel essai dans une minute.</translation>
    </message>
    <message>
        <source>recorded since {0}</source>
        <translation>enregistré depuis {0}</translation>
    </message>
</context>
<context>
    <name>DevicePanel</name>
    <message>
        <source>computed by this PC</source>
        <translation>calculé par ce PC</translation>
    </message>
    <message>
        <source>Values of the whole site, from all its devices</source>
        <translation>Valeurs de tout le site, tirées de tous ses appareils</translation>
    </message>
    <message>
        <source>1 register refused</source>
        <translation>1 registre refusé</translation>
    </message>
    <message>
        <source>{0} registers refused</source>
        <translation>{0} registres refusés</translation>
    </message>
    <message>
        <source>Read now</source>
        <translation>Lire maintenant</translation>
    </message>
    <message>
        <source>Read every group once, those on demand too</source>
        <translation>Lire chaque groupe une fois, y compris ceux à la demande</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>Reconnecter</translation>
    </message>
    <message>
        <source>Close the link of this device and open it again at once</source>
        <translation>Fermer la liaison de cet appareil et la rouvrir aussitôt</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Save every point of this device as CSV</source>
        <translation>Enregistrer tous les points de cet appareil en CSV</translation>
    </message>
    <message>
        <source>Filter by name, group or register</source>
        <translation>Filtrer par nom, groupe ou registre</translation>
    </message>
    <message>
        <source>Filter the points</source>
        <translation>Filtrer les points</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>Courbe</translation>
    </message>
    <message>
        <source>Draw the selected values in the history</source>
        <translation>Tracer les valeurs choisies dans l’historique</translation>
    </message>
    <message>
        <source>Trace</source>
        <translation>Trace</translation>
    </message>
    <message>
        <source>Register, words, factor and frame of the chosen value</source>
        <translation>Registre, mots, facteur et trame de la valeur choisie</translation>
    </message>
    <message>
        <source>This device has no points</source>
        <translation>Cet appareil n’a aucun point</translation>
    </message>
    <message>
        <source>Its profile could not be read.</source>
        <translation>Son profil n’a pas pu être lu.</translation>
    </message>
    <message>
        <source>Points of the device</source>
        <translation>Points de l’appareil</translation>
    </message>
    <message>
        <source>last answer {0}</source>
        <translation>dernière réponse {0}</translation>
    </message>
    <message>
        <source>address {0}</source>
        <translation>adresse {0}</translation>
    </message>
    <message>
        <source>{0} of {1} points</source>
        <translation>{0} points sur {1}</translation>
    </message>
    <message>
        <source>{0} points</source>
        <translation>{0} points</translation>
    </message>
    <message>
        <source>Export the points</source>
        <translation>Exporter les points</translation>
    </message>
    <message>
        <source>Could not write {0}: {1}</source>
        <translation>Impossible d’écrire {0} : {1}</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>Links and devices</source>
        <translation>Liaisons et appareils</translation>
    </message>
    <message>
        <source>Reconnect the link</source>
        <translation>Reconnecter la liaison</translation>
    </message>
    <message>
        <source>Read every group now</source>
        <translation>Lire tous les groupes maintenant</translation>
    </message>
</context>
<context>
    <name>FlowCard</name>
    <message>
        <source>Hold</source>
        <translation>Figer</translation>
    </message>
    <message>
        <source>Keep this picture as it is; the recording goes on</source>
        <translation>Garder cette image telle quelle ; l’enregistrement continue</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <source>Held at {0}</source>
        <translation>Figé à {0}</translation>
    </message>
    <message>
        <source>Backup (EPS): the grid is down</source>
        <translation>Secours (EPS) : réseau coupé</translation>
    </message>
    <message>
        <source>Old values: {0}</source>
        <translation>Valeurs anciennes : {0}</translation>
    </message>
</context>
<context>
    <name>FlowDiagram</name>
    <message>
        <source>Power flows</source>
        <translation>Flux de puissance</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>The history could not be read: {0}</source>
        <translation>L’historique n’a pas pu être lu : {0}</translation>
    </message>
    <message>
        <source>No value in this period</source>
        <translation>Aucune valeur sur cette période</translation>
    </message>
    <message>
        <source>Reading the history…</source>
        <translation>Lecture de l’historique…</translation>
    </message>
    <message>
        <source>One bar per hour</source>
        <translation>Une barre par heure</translation>
    </message>
    <message>
        <source>One bar per day</source>
        <translation>Une barre par jour</translation>
    </message>
    <message>
        <source>One bar per month</source>
        <translation>Une barre par mois</translation>
    </message>
    <message>
        <source>One bar per year</source>
        <translation>Une barre par an</translation>
    </message>
    <message>
        <source>{0} Acquisition goes on; what is read now is still shown.</source>
        <translation>{0} L’acquisition continue ; ce qui est lu maintenant reste affiché.</translation>
    </message>
    <message>
        <source>The history could not be read</source>
        <translation>L’historique n’a pas pu être lu</translation>
    </message>
    <message>
        <source>No curve chosen</source>
        <translation>Aucune courbe choisie</translation>
    </message>
    <message>
        <source>Tick the values to draw in the list on the left.</source>
        <translation>Cochez les valeurs à tracer dans la liste de gauche.</translation>
    </message>
    <message>
        <source>Nothing is recorded yet</source>
        <translation>Rien n’est encore enregistré</translation>
    </message>
</context>
<context>
    <name>LinkTree</name>
    <message>
        <source>computed by this PC</source>
        <translation>calculé par ce PC</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>calculé</translation>
    </message>
    <message>
        <source>next try in {0}</source>
        <translation>nouvel essai dans {0}</translation>
    </message>
    <message>
        <source>{0} busy</source>
        <translation>occupée à {0}</translation>
    </message>
    <message>
        <source>{0} requests, {1} answered</source>
        <translation>{0} demandes, {1} réponses</translation>
    </message>
    <message>
        <source>{0} refused, {1} without answer, {2} foreign, {3} damaged, {4} reconnections</source>
        <translation>{0} refusées, {1} sans réponse, {2} étrangères, {3} abîmées, {4} reconnexions</translation>
    </message>
    <message>
        <source>address {0}</source>
        <translation>adresse {0}</translation>
    </message>
    <message>
        <source>last answer {0}</source>
        <translation>dernière réponse {0}</translation>
    </message>
    <message>
        <source>1 refused register</source>
        <translation>1 registre refusé</translation>
    </message>
    <message>
        <source>{0} refused registers</source>
        <translation>{0} registres refusés</translation>
    </message>
    <message>
        <source>Refused registers: {0}</source>
        <translation>Registres refusés&#x202f;: {0}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Three-phase</source>
        <translation>Triphasé</translation>
    </message>
    <message>
        <source>Single-phase</source>
        <translation>Monophasé</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message>
        <source>{0} of the {1} produced
were used on site</source>
        <translation>{0} des {1} produits
ont été utilisés sur place</translation>
    </message>
    <message>
        <source>No production yet today</source>
        <translation>Pas encore de production aujourd’hui</translation>
    </message>
    <message>
        <source>{0} of the {1} consumed
did not come from the grid</source>
        <translation>{0} des {1} consommés
ne viennent pas du réseau</translation>
    </message>
    <message>
        <source>No consumption known yet today</source>
        <translation>Consommation du jour pas encore connue</translation>
    </message>
    <message>
        <source>Self-consumption</source>
        <translation>Autoconsommation</translation>
    </message>
    <message>
        <source>Self-sufficiency</source>
        <translation>Autonomie</translation>
    </message>
    <message>
        <source>Waiting for the first values</source>
        <translation>En attente des premières valeurs</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Jour</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>Nuit</translation>
    </message>
    <message>
        <source>last value, {0}</source>
        <translation>dernière valeur, {0}</translation>
    </message>
    <message>
        <source>live</source>
        <translation>en direct</translation>
    </message>
    <message>
        <source>backup (EPS)</source>
        <translation>secours (EPS)</translation>
    </message>
    <message>
        <source>exporting to the grid</source>
        <translation>injection sur le réseau</translation>
    </message>
    <message>
        <source>importing from the grid</source>
        <translation>soutirage du réseau</translation>
    </message>
    <message>
        <source>living on its own</source>
        <translation>autoconsommation</translation>
    </message>
</context>
<context>
    <name>PointDelegate</name>
    <message>
        <source>inferred</source>
        <translation>déduit</translation>
    </message>
</context>
<context>
    <name>PointTree</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unité</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Âge</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualité</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Registre</translation>
    </message>
    <message>
        <source>once a connection</source>
        <translation>une fois par connexion</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Autres</translation>
    </message>
    <message>
        <source>Inferred: the maker does not document this meaning. Confirm it on site.</source>
        <translation>Déduit : le fabricant ne documente pas cette signification. À confirmer sur place.</translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>Hour</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Jour</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Semaine</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Mois</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Année</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Période</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>En direct</translation>
    </message>
    <message>
        <source>Follow the newest values at the right edge</source>
        <translation>Suivre les dernières valeurs au bord droit</translation>
    </message>
    <message>
        <source>Cursors</source>
        <translation>Curseurs</translation>
    </message>
    <message>
        <source>Two cursors to drag: values, difference and what lies between</source>
        <translation>Deux curseurs à déplacer : valeurs, différence et ce qui se trouve entre les deux</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Plus tôt</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Values shown, CSV…</source>
        <translation>Valeurs affichées, CSV…</translation>
    </message>
    <message>
        <source>Picture, PNG…</source>
        <translation>Image, PNG…</translation>
    </message>
    <message>
        <source>Counters: energy per period</source>
        <translation>Compteurs : énergie par période</translation>
    </message>
    <message>
        <source>Counters: power</source>
        <translation>Compteurs : puissance</translation>
    </message>
    <message>
        <source>Counters: reading</source>
        <translation>Compteurs : index</translation>
    </message>
    <message>
        <source>How counters are drawn</source>
        <translation>Tracé des compteurs</translation>
    </message>
</context>
<context>
    <name>TracePanel</name>
    <message>
        <source>Hold</source>
        <translation>Figer</translation>
    </message>
    <message>
        <source>Keep this exchange on the screen</source>
        <translation>Garder cet échange à l’écran</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Trace</source>
        <translation>Trace</translation>
    </message>
    <message>
        <source>Choose a value above to see where it comes from.</source>
        <translation>Choisissez une valeur ci-dessus pour voir d’où elle vient.</translation>
    </message>
    <message>
        <source>The frame has left the memory; the newest 2000 exchanges of each link are kept.</source>
        <translation>La trame n’est plus en mémoire ; les 2000 derniers échanges de chaque liaison sont gardés.</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyé</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Reçu</translation>
    </message>
</context>
<context>
    <name>app</name>
    <message>
        <source>Something in the window went wrong.</source>
        <translation>Un problème est survenu dans la fenêtre.</translation>
    </message>
    <message>
        <source>Acquisition and recording go on. What you were looking at may be incomplete; open the page again. If it comes back, send the details below to those who maintain Wattelier.</source>
        <translation>L’acquisition et l’enregistrement continuent. Ce que vous regardiez est peut-être incomplet ; rouvrez la page. Si cela se reproduit, envoyez les détails ci-dessous à ceux qui maintiennent Wattelier.</translation>
    </message>
</context>
<context>
    <name>devices</name>
    <message>
        <source>Balance of the site</source>
        <translation>Bilan du site</translation>
    </message>
</context>
<context>
    <name>energies</name>
    <message>
        <source>Produced</source>
        <translation>Produit</translation>
    </message>
    <message>
        <source>Consumed</source>
        <translation>Consommé</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>Injecté</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Soutiré</translation>
    </message>
    <message>
        <source>Battery charged</source>
        <translation>Batterie chargée</translation>
    </message>
    <message>
        <source>Battery discharged</source>
        <translation>Batterie déchargée</translation>
    </message>
    <message>
        <source>Vehicles</source>
        <translation>Véhicules</translation>
    </message>
    <message>
        <source>The device&apos;s own counter of the day</source>
        <translation>Compteur journalier de l’appareil</translation>
    </message>
    <message>
        <source>Difference of a lifetime counter since midnight</source>
        <translation>Différence d’un compteur total depuis minuit</translation>
    </message>
    <message>
        <source>What came in less what went out</source>
        <translation>Ce qui est entré moins ce qui est sorti</translation>
    </message>
    <message>
        <source>Power added up since {0}</source>
        <translation>Puissance cumulée depuis {0}</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>Pas encore connu</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>hier</translation>
    </message>
</context>
<context>
    <name>flows</name>
    <message>
        <source>Grid outage</source>
        <translation>Réseau coupé</translation>
    </message>
    <message>
        <source>Unexplained</source>
        <translation>Inexpliqué</translation>
    </message>
    <message>
        <source>Waiting for the first values</source>
        <translation>En attente des premières valeurs</translation>
    </message>
    <message>
        <source>{0} unexplained</source>
        <translation>{0} inexpliqués</translation>
    </message>
    <message>
        <source>Balanced within {0}</source>
        <translation>Bilan équilibré à {0} près</translation>
    </message>
    <message>
        <source>Balance not known yet</source>
        <translation>Bilan pas encore connu</translation>
    </message>
    <message>
        <source>House computed from the rest</source>
        <translation>Maison déduite du reste</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>pas de valeur</translation>
    </message>
    <message>
        <source>last value, {0}</source>
        <translation>dernière valeur, {0}</translation>
    </message>
    <message>
        <source>Solar</source>
        <translation>Solaire</translation>
    </message>
    <message>
        <source>at rest</source>
        <translation>au repos</translation>
    </message>
    <message>
        <source>production</source>
        <translation>production</translation>
    </message>
    <message>
        <source>{0} today</source>
        <translation>{0} aujourd’hui</translation>
    </message>
    <message>
        <source>outage</source>
        <translation>coupure</translation>
    </message>
    <message>
        <source>export</source>
        <translation>injection</translation>
    </message>
    <message>
        <source>import</source>
        <translation>soutirage</translation>
    </message>
    <message>
        <source>imported {0}</source>
        <translation>soutiré {0}</translation>
    </message>
    <message>
        <source>exported {0}</source>
        <translation>injecté {0}</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>discharging</source>
        <translation>décharge</translation>
    </message>
    <message>
        <source>charging</source>
        <translation>charge</translation>
    </message>
    <message>
        <source>Battery</source>
        <translation>Batterie</translation>
    </message>
    <message>
        <source>{0} charged today</source>
        <translation>{0} chargés aujourd’hui</translation>
    </message>
    <message>
        <source>solar</source>
        <translation>solaire</translation>
    </message>
    <message>
        <source>battery</source>
        <translation>batterie</translation>
    </message>
    <message>
        <source>grid</source>
        <translation>réseau</translation>
    </message>
    <message>
        <source>vehicle</source>
        <translation>véhicule</translation>
    </message>
    <message>
        <source>House</source>
        <translation>Maison</translation>
    </message>
    <message>
        <source>consumed</source>
        <translation>consommés</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>calculée</translation>
    </message>
    <message>
        <source>car charging</source>
        <translation>recharge</translation>
    </message>
    <message>
        <source>Vehicles</source>
        <translation>Véhicules</translation>
    </message>
    <message>
        <source>{0} others {1}</source>
        <translation>{0} autres {1}</translation>
    </message>
</context>
<context>
    <name>formatting</name>
    <message>
        <source>h</source>
        <translation>h</translation>
    </message>
    <message>
        <source>d</source>
        <translation>j</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>à l’instant</translation>
    </message>
    <message>
        <source>{0} ago</source>
        <translation>il y a {0}</translation>
    </message>
    <message>
        <source>B</source>
        <translation>o</translation>
    </message>
    <message>
        <source>kB</source>
        <translation>ko</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>Mo</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>Go</translation>
    </message>
    <message>
        <source>{0}:00</source>
        <translation>{0} h</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
</context>
<context>
    <name>history</name>
    <message>
        <source>Export the values</source>
        <translation>Exporter les valeurs</translation>
    </message>
    <message>
        <source>Export the picture</source>
        <translation>Exporter l’image</translation>
    </message>
    <message>
        <source>the file cannot be written</source>
        <translation>le fichier ne peut pas être écrit</translation>
    </message>
    <message>
        <source>Nothing was saved</source>
        <translation>Rien n’a été enregistré</translation>
    </message>
    <message>
        <source>{0} could not be written: {1}. Choose another folder, or free some space.</source>
        <translation>{0} n’a pas pu être écrit : {1}. Choisissez un autre dossier, ou libérez de la place.</translation>
    </message>
</context>
<context>
    <name>origin</name>
    <message>
        <source>{0} · {1}: {2}</source>
        <translation>{0} · {1} : {2}</translation>
    </message>
    <message>
        <source>computed by Wattelier</source>
        <translation>calculé par Wattelier</translation>
    </message>
    <message>
        <source>register 0x{0:04X}</source>
        <translation>registre 0x{0:04X}</translation>
    </message>
    <message>
        <source>raw {0}</source>
        <translation>brut {0}</translation>
    </message>
    <message>
        <source>scale × {0}</source>
        <translation>échelle × {0}</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}&#x202f;: {1}</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>et {0} de plus</translation>
    </message>
</context>
<context>
    <name>pages</name>
    <message>
        <source>Overview</source>
        <translation>Vue d’ensemble</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Appareils</translation>
    </message>
    <message>
        <source>Every link, every device, every register</source>
        <translation>Chaque liaison, chaque appareil, chaque registre</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Any value over any time, from seconds to years</source>
        <translation>Toute valeur sur toute durée, de la seconde à l’année</translation>
    </message>
</context>
<context>
    <name>sentences</name>
    <message>
        <source>&apos;{text}&apos;</source>
        <translation>«&#xa0;{text}&#xa0;»</translation>
    </message>
    <message>
        <source>the name {host} is not known on this network</source>
        <translation>le nom {host} est inconnu sur ce réseau</translation>
    </message>
    <message>
        <source>{host} does not answer on port {port}</source>
        <translation>{host} ne répond pas sur le port {port}</translation>
    </message>
    <message>
        <source>{host} refuses connections on port {port}</source>
        <translation>liaison refusée par {host} sur le port {port}</translation>
    </message>
    <message>
        <source>there is no way to {host} on this network</source>
        <translation>aucun chemin vers {host} sur ce réseau</translation>
    </message>
    <message>
        <source>{title}: the connection failed ({reason})</source>
        <translation>{title}&#xa0;: échec de la connexion ({reason})</translation>
    </message>
    <message>
        <source>{title} has closed the connection ({reason})</source>
        <translation>{title} a fermé la connexion ({reason})</translation>
    </message>
    <message>
        <source>{title} has closed the connection</source>
        <translation>{title} a fermé la connexion</translation>
    </message>
    <message>
        <source>{title} is not connected</source>
        <translation>{title} n’est pas connecté</translation>
    </message>
    <message>
        <source>the serial port {title} does not exist; is the adapter plugged in?</source>
        <translation>le port série {title} n’existe pas&#xa0;; l’adaptateur est-il branché&#xa0;?</translation>
    </message>
    <message>
        <source>the serial port {title} is in use by another program</source>
        <translation>le port série {title} est utilisé par un autre programme</translation>
    </message>
    <message>
        <source>no permission for the serial port {title}; add the user to the group dialout</source>
        <translation>accès refusé au port série {title}&#xa0;; ajoutez l’utilisateur au groupe dialout</translation>
    </message>
    <message>
        <source>the serial port {title} cannot be used ({reason})</source>
        <translation>le port série {title} est inutilisable ({reason})</translation>
    </message>
    <message>
        <source>the serial port {title} is gone; was the adapter unplugged? ({reason})</source>
        <translation>le port série {title} a disparu&#xa0;; l’adaptateur a-t-il été débranché&#xa0;? ({reason})</translation>
    </message>
    <message>
        <source>the serial port {title} is not open</source>
        <translation>le port série {title} n’est pas ouvert</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>arrêté</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>pas de réponse</translation>
    </message>
    <message>
        <source>the line is being closed</source>
        <translation>la liaison est en cours de fermeture</translation>
    </message>
    <message>
        <source>the line {name} is not connected</source>
        <translation>la liaison {name} n’est pas connectée</translation>
    </message>
    <message>
        <source>the line {name} has too many commands waiting</source>
        <translation>trop de commandes attendent sur la liaison {name}</translation>
    </message>
    <message>
        <source>a fault of the program, see the log: {reason}</source>
        <translation>erreur du programme, voir le journal&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>unit {address} does not answer</source>
        <translation>l’appareil à l’adresse {address} ne répond pas</translation>
    </message>
    <message>
        <source>unit {address} refuses: {reason}</source>
        <translation>l’appareil à l’adresse {address} refuse&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>unit {address}: {reason}</source>
        <translation>appareil à l’adresse {address}&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>illegal function</source>
        <translation>fonction non acceptée par l’appareil</translation>
    </message>
    <message>
        <source>illegal address</source>
        <translation>registre refusé par l’appareil</translation>
    </message>
    <message>
        <source>illegal data value</source>
        <translation>valeur refusée par l’appareil</translation>
    </message>
    <message>
        <source>device failure</source>
        <translation>défaillance interne de l’appareil</translation>
    </message>
    <message>
        <source>accepted, still working</source>
        <translation>demande acceptée, traitement en cours</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>appareil occupé</translation>
    </message>
    <message>
        <source>memory parity error</source>
        <translation>erreur de parité de la mémoire</translation>
    </message>
    <message>
        <source>gateway has no path</source>
        <translation>la passerelle n’a pas de chemin vers l’appareil</translation>
    </message>
    <message>
        <source>gateway: the device does not answer</source>
        <translation>passerelle&#xa0;: l’appareil ne répond pas</translation>
    </message>
    <message>
        <source>exception {count}</source>
        <translation>exception {count}</translation>
    </message>
    <message>
        <source>unit {address} answered instead of {address2}</source>
        <translation>l’adresse {address} a répondu à la place de l’adresse {address2}</translation>
    </message>
    <message>
        <source>function {count} answered instead of {count2}</source>
        <translation>réponse à la fonction {count} au lieu de {count2}</translation>
    </message>
    <message>
        <source>{count} bytes answered instead of {count2}</source>
        <translation>réponse de {count} octets au lieu de {count2}</translation>
    </message>
    <message>
        <source>came when nothing was asked</source>
        <translation>reçu sans demande</translation>
    </message>
    <message>
        <source>answers another request</source>
        <translation>réponse à une autre demande</translation>
    </message>
    <message>
        <source>only answers to other requests came</source>
        <translation>seules des réponses à d’autres demandes sont arrivées</translation>
    </message>
    <message>
        <source>the answer is incomplete or garbled</source>
        <translation>réponse incomplète ou abîmée</translation>
    </message>
    <message>
        <source>no SunSpec marker at 40000, 50000 or 0</source>
        <translation>pas de repère SunSpec en 40000, 50000 ou 0</translation>
    </message>
    <message>
        <source>the SunSpec chain of models has no end</source>
        <translation>la chaîne des modèles SunSpec n’a pas de fin</translation>
    </message>
    <message>
        <source>not available</source>
        <translation>l’appareil ne fournit pas cette valeur</translation>
    </message>
    <message>
        <source>the device refuses this register</source>
        <translation>registre refusé par l’appareil</translation>
    </message>
    <message>
        <source>no answer since</source>
        <translation>plus de réponse depuis</translation>
    </message>
    <message>
        <source>every register is FFFF</source>
        <translation>tous les registres valent FFFF</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vide</translation>
    </message>
    <message>
        <source>the word order is not settled</source>
        <translation>l’ordre des mots n’est pas encore établi</translation>
    </message>
    <message>
        <source>a bit that the map does not list</source>
        <translation>bit absent de la table des registres</translation>
    </message>
    <message>
        <source>a code that the map does not list</source>
        <translation>code absent de la table des registres</translation>
    </message>
    <message>
        <source>not filled in by the device</source>
        <translation>non renseigné par l’appareil</translation>
    </message>
    <message>
        <source>{value} {unit} is outside {low} … {high}</source>
        <translation>{value}&#xa0;{unit} hors de la plage {low} … {high}</translation>
    </message>
    <message>
        <source>the device gives no scale factor</source>
        <translation>l’appareil ne donne pas de facteur d’échelle</translation>
    </message>
    <message>
        <source>{option} is not settled</source>
        <translation>option à préciser&#xa0;: {option}</translation>
    </message>
    <message>
        <source>{point} is not known</source>
        <translation>{point}&#xa0;: valeur pas encore connue</translation>
    </message>
    <message>
        <source>{point}: {count} registers instead of {count2}</source>
        <translation>{point}&#xa0;: {count} registres au lieu de {count2}</translation>
    </message>
    <message>
        <source>{point} has no pattern for &apos;not available&apos;</source>
        <translation>{point} n’a pas de code pour «&#xa0;non disponible&#xa0;»</translation>
    </message>
    <message>
        <source>{point}: {quoted} is not a number</source>
        <translation>{point}&#xa0;: {quoted} n’est pas un nombre</translation>
    </message>
    <message>
        <source>{point} has no choice {quoted}</source>
        <translation>{point} n’a pas de choix {quoted}</translation>
    </message>
    <message>
        <source>{point}: {why}</source>
        <translation>{point}&#xa0;: {why}</translation>
    </message>
    <message>
        <source>{quoted} is not a number</source>
        <translation>{quoted} n’est pas un nombre</translation>
    </message>
    <message>
        <source>{text} does not fit {count} register(s)</source>
        <translation>{text} ne tient pas dans {count} registre(s)</translation>
    </message>
    <message>
        <source>{text} is not packed decimal</source>
        <translation>{text} n’est pas un décimal codé (BCD)</translation>
    </message>
    <message>
        <source>0x{text} is not packed decimal</source>
        <translation>0x{text} n’est pas un décimal codé (BCD)</translation>
    </message>
    <message>
        <source>{text} does not fit {count} decimal digits</source>
        <translation>{text} ne tient pas en {count} chiffres</translation>
    </message>
    <message>
        <source>{text} is not text</source>
        <translation>{text} n’est pas un texte</translation>
    </message>
    <message>
        <source>{quoted} is longer than {count} characters</source>
        <translation>{quoted} dépasse {count} caractères</translation>
    </message>
    <message>
        <source>{text}:{text2} is not a time of day</source>
        <translation>{text}:{text2} n’est pas une heure</translation>
    </message>
    <message>
        <source>{quoted} is not a time such as 07:30</source>
        <translation>{quoted} n’est pas une heure comme 07:30</translation>
    </message>
    <message>
        <source>{text}-{text2} is not a month and a day</source>
        <translation>{text}-{text2} n’est pas un mois et un jour</translation>
    </message>
    <message>
        <source>{quoted} is not a date such as 12-31</source>
        <translation>{quoted} n’est pas une date (mois-jour) comme 12-31</translation>
    </message>
    <message>
        <source>{text} is not a time in digits</source>
        <translation>{text} n’est pas une heure en chiffres</translation>
    </message>
    <message>
        <source>{text} is not a date and time</source>
        <translation>{text} n’est pas une date avec son heure</translation>
    </message>
    <message>
        <source>{quoted} is not a date and time such as 2026-11-21T08:00:00</source>
        <translation>{quoted} n’est pas une date avec son heure comme 2026-11-21T08:00:00</translation>
    </message>
    <message>
        <source>{quoted} is not a version such as 4.5.7</source>
        <translation>{quoted} n’est pas une version comme 4.5.7</translation>
    </message>
    <message>
        <source>{quoted} is not two numbers such as 2x4</source>
        <translation>{quoted} n’est pas une paire de nombres comme 2x4</translation>
    </message>
    <message>
        <source>disk full</source>
        <translation>disque plein</translation>
    </message>
    <message>
        <source>database locked</source>
        <translation>base verrouillée par un autre programme</translation>
    </message>
    <message>
        <source>file not writable</source>
        <translation>écriture du fichier impossible</translation>
    </message>
    <message>
        <source>file damaged</source>
        <translation>fichier endommagé</translation>
    </message>
    <message>
        <source>disk error</source>
        <translation>erreur du disque</translation>
    </message>
    <message>
        <source>{path} is an SQLite file of another program, not a Wattelier history.</source>
        <translation>{path} est un fichier SQLite d’un autre programme, pas un historique de Wattelier.</translation>
    </message>
    <message>
        <source>{path} was written by a newer Wattelier ({step}); open it with that version.</source>
        <translation>{path} a été écrit par un Wattelier plus récent ({step})&#xa0;; ouvrez-le avec cette version.</translation>
    </message>
    <message>
        <source>{path} is not a database.</source>
        <translation>{path} n’est pas une base de données.</translation>
    </message>
    <message>
        <source>{path} does not exist or is empty.</source>
        <translation>{path} n’existe pas ou est vide.</translation>
    </message>
    <message>
        <source>another Wattelier is recording into {path}</source>
        <translation>un autre Wattelier enregistre déjà dans {path}</translation>
    </message>
    <message>
        <source>{path} is an older history; record into it once to bring it up to date.</source>
        <translation>{path} est un historique ancien&#xa0;; enregistrez-y une fois pour le mettre à jour.</translation>
    </message>
    <message>
        <source>{place}: {why}</source>
        <translation>{place}&#xa0;: {why}</translation>
    </message>
    <message>
        <source>{place}: {entry}: {why}</source>
        <translation>{place}&#xa0;: {entry}&#xa0;: {why}</translation>
    </message>
    <message>
        <source>no profile</source>
        <translation>pas de profil</translation>
    </message>
    <message>
        <source>there is no profile {quoted}</source>
        <translation>le profil {quoted} n’existe pas</translation>
    </message>
    <message>
        <source>there is no profile {quoted}; did you mean {known}?</source>
        <translation>le profil {quoted} n’existe pas&#xa0;; s’agit-il de {known}&#xa0;?</translation>
    </message>
    <message>
        <source>link {link}: kind {quoted} is not one of {known}</source>
        <translation>liaison {link}&#xa0;: le genre {quoted} n’est pas parmi {known}</translation>
    </message>
    <message>
        <source>{profile} has no option {quoted}; it has: {known}</source>
        <translation>{profile} n’a pas d’option {quoted}&#xa0;; options connues&#xa0;: {known}</translation>
    </message>
    <message>
        <source>{profile}: {option} must be {known}, not {quoted}</source>
        <translation>{profile}&#xa0;: «&#xa0;{option}&#xa0;» doit valoir {known}, pas {quoted}</translation>
    </message>
    <message>
        <source>{option} must be {reason}, not {quoted}</source>
        <translation>«&#xa0;{option}&#xa0;» doit être {reason}, pas {quoted}</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>un nombre entier</translation>
    </message>
    <message>
        <source>a hexadecimal number such as 8161</source>
        <translation>un nombre hexadécimal comme 8161</translation>
    </message>
    <message>
        <source>function must be 3 or 4, not {quoted}</source>
        <translation>la fonction doit être 3 ou 4, pas {quoted}</translation>
    </message>
    <message>
        <source>words must be 1, 2, 3 or 4, not {quoted}</source>
        <translation>le nombre de mots doit être 1, 2, 3 ou 4, pas {quoted}</translation>
    </message>
    <message>
        <source>factor must be a number other than 0, not {quoted}</source>
        <translation>le facteur doit être un nombre différent de 0, pas {quoted}</translation>
    </message>
    <message>
        <source>register must lie between 0 and FFFF, not {quoted}</source>
        <translation>le registre doit être entre 0 et FFFF, pas {quoted}</translation>
    </message>
    <message>
        <source>cannot be read: {reason}</source>
        <translation>lecture impossible&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>is not a text in UTF-8</source>
        <translation>n’est pas un texte en UTF-8</translation>
    </message>
    <message>
        <source>is not a CSV file in UTF-8: {reason}</source>
        <translation>n’est pas un fichier CSV en UTF-8&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>not valid YAML: {reason}</source>
        <translation>YAML incorrect&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>manque</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>est vide</translation>
    </message>
    <message>
        <source>{column} is empty</source>
        <translation>{column} est vide</translation>
    </message>
    <message>
        <source>unknown entry; known are {known}</source>
        <translation>entrée inconnue&#xa0;; sont connues&#xa0;: {known}</translation>
    </message>
    <message>
        <source>unknown column; known are {known}</source>
        <translation>colonne inconnue&#xa0;; sont connues&#xa0;: {known}</translation>
    </message>
    <message>
        <source>this column stands twice</source>
        <translation>cette colonne figure deux fois</translation>
    </message>
    <message>
        <source>this column is missing</source>
        <translation>cette colonne manque</translation>
    </message>
    <message>
        <source>{count} cells instead of {count2}</source>
        <translation>{count} cellules au lieu de {count2}</translation>
    </message>
    <message>
        <source>code {quoted} is not a whole number</source>
        <translation>le code {quoted} n’est pas un nombre entier</translation>
    </message>
    <message>
        <source>code {count} stands twice</source>
        <translation>le code {count} figure deux fois</translation>
    </message>
    <message>
        <source>stands twice (also line {count})</source>
        <translation>figure deux fois (aussi ligne {count})</translation>
    </message>
    <message>
        <source>must be a set of `key: value` entries</source>
        <translation>doit être un ensemble d’entrées `clé: valeur`</translation>
    </message>
    <message>
        <source>must be a list</source>
        <translation>doit être une liste</translation>
    </message>
    <message>
        <source>must be a list of whole numbers</source>
        <translation>doit être une liste de nombres entiers</translation>
    </message>
    <message>
        <source>must be a list of [first, last] addresses</source>
        <translation>doit être une liste d’adresses [première, dernière]</translation>
    </message>
    <message>
        <source>must be [low, high]</source>
        <translation>doit être [bas, haut]</translation>
    </message>
    <message>
        <source>must be a text</source>
        <translation>doit être un texte</translation>
    </message>
    <message>
        <source>must be a number</source>
        <translation>doit être un nombre</translation>
    </message>
    <message>
        <source>must be a whole number</source>
        <translation>doit être un nombre entier</translation>
    </message>
    <message>
        <source>must be yes or no</source>
        <translation>doit être yes ou no</translation>
    </message>
    <message>
        <source>must be like {3: 4}</source>
        <translation>doit s’écrire comme {3: 4}</translation>
    </message>
    <message>
        <source>must be from 1 to 125</source>
        <translation>doit être de 1 à 125</translation>
    </message>
    <message>
        <source>must be from 1 to {count}</source>
        <translation>doit être de 1 à {count}</translation>
    </message>
    <message>
        <source>must be longer than nothing</source>
        <translation>doit être une durée supérieure à zéro</translation>
    </message>
    <message>
        <source>must not be 0</source>
        <translation>ne doit pas être 0</translation>
    </message>
    <message>
        <source>{quoted} is not a duration such as 20 ms, 1 s or 10 min</source>
        <translation>{quoted} n’est pas une durée comme 20 ms, 1 s ou 10 min</translation>
    </message>
    <message>
        <source>{quoted} is not a whole number</source>
        <translation>{quoted} n’est pas un nombre entier</translation>
    </message>
    <message>
        <source>{quoted} is not one of {known}</source>
        <translation>{quoted} n’est pas parmi {known}</translation>
    </message>
    <message>
        <source>{quoted} is not one of {known}, or two of them with |</source>
        <translation>{quoted} n’est pas parmi {known}, ni deux d’entre eux séparés par |</translation>
    </message>
    <message>
        <source>{quoted} is not an inner unit ({known})</source>
        <translation>{quoted} n’est pas une unité interne ({known})</translation>
    </message>
    <message>
        <source>{quoted} is not an address such as 8230, 0x2026, 78+80 or m103+14</source>
        <translation>{quoted} n’est pas une adresse comme 8230, 0x2026, 78+80 ou m103+14</translation>
    </message>
    <message>
        <source>{quoted} is not a list of raw patterns such as 0xFFFF|0x8000</source>
        <translation>{quoted} n’est pas une liste de codes bruts comme 0xFFFF|0x8000</translation>
    </message>
    <message>
        <source>{quoted} is not a mask such as 0x3</source>
        <translation>{quoted} n’est pas un masque comme 0x3</translation>
    </message>
    <message>
        <source>{quoted} is not an option of profile.yaml and one of its choices</source>
        <translation>{quoted} n’est pas une option de profile.yaml avec un de ses choix</translation>
    </message>
    <message>
        <source>is not a pattern: {reason}</source>
        <translation>n’est pas un motif&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>there is no point {quoted}</source>
        <translation>le point {quoted} n’existe pas</translation>
    </message>
    <message>
        <source>there is no option {quoted}</source>
        <translation>l’option {quoted} n’existe pas</translation>
    </message>
    <message>
        <source>there is no group {quoted} in profile.yaml</source>
        <translation>le groupe {quoted} n’existe pas dans profile.yaml</translation>
    </message>
    <message>
        <source>there is no rule {quoted} in profile.yaml</source>
        <translation>la règle {quoted} n’existe pas dans profile.yaml</translation>
    </message>
    <message>
        <source>there is no table {quoted} in choices.csv</source>
        <translation>la table {quoted} n’existe pas dans choices.csv</translation>
    </message>
    <message>
        <source>picks {quoted}, which is not one of its factors</source>
        <translation>retient {quoted}, qui n’est pas un de ses facteurs</translation>
    </message>
    <message>
        <source>default {quoted} is not one of its choices</source>
        <translation>la valeur par défaut {quoted} n’est pas un de ses choix</translation>
    </message>
    <message>
        <source>needs a proof: largest, equal or ratio</source>
        <translation>il faut une preuve&#xa0;: largest, equal ou ratio</translation>
    </message>
    <message>
        <source>{low} is above high {high}</source>
        <translation>{low} dépasse la borne haute {high}</translation>
    </message>
    <message>
        <source>an address is at most 0xFFFF</source>
        <translation>une adresse va au plus jusqu’à 0xFFFF</translation>
    </message>
    <message>
        <source>reaches beyond 0xFFFF</source>
        <translation>va au-delà de 0xFFFF</translation>
    </message>
    <message>
        <source>a {type} holds {width}, not {count}</source>
        <translation>un {type} tient sur {width}, pas {count}</translation>
    </message>
    <message>
        <source>a bit field holds 1, 2 or 4</source>
        <translation>un champ de bits tient sur 1, 2 ou 4</translation>
    </message>
    <message>
        <source>{count} addresses for {count2} words</source>
        <translation>{count} adresses pour {count2} mots</translation>
    </message>
    <message>
        <source>connection refused</source>
        <translation>connexion refusée</translation>
    </message>
    <message>
        <source>connection reset by peer</source>
        <translation>connexion coupée par l’autre côté</translation>
    </message>
    <message>
        <source>connection timed out</source>
        <translation>délai de connexion dépassé</translation>
    </message>
    <message>
        <source>broken pipe</source>
        <translation>connexion rompue</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>délai dépassé</translation>
    </message>
    <message>
        <source>no route to host</source>
        <translation>aucun chemin vers cette adresse</translation>
    </message>
    <message>
        <source>network is unreachable</source>
        <translation>réseau inaccessible</translation>
    </message>
    <message>
        <source>network is down</source>
        <translation>réseau coupé</translation>
    </message>
    <message>
        <source>permission denied</source>
        <translation>accès refusé</translation>
    </message>
    <message>
        <source>operation not permitted</source>
        <translation>opération non autorisée</translation>
    </message>
    <message>
        <source>no such file or directory</source>
        <translation>fichier ou dossier introuvable</translation>
    </message>
    <message>
        <source>is a directory</source>
        <translation>c’est un dossier</translation>
    </message>
    <message>
        <source>no such device</source>
        <translation>périphérique introuvable</translation>
    </message>
    <message>
        <source>input/output error</source>
        <translation>erreur d’entrée-sortie</translation>
    </message>
    <message>
        <source>no space left on device</source>
        <translation>plus de place sur le disque</translation>
    </message>
    <message>
        <source>read-only file system</source>
        <translation>support en lecture seule</translation>
    </message>
    <message>
        <source>device or resource busy</source>
        <translation>périphérique occupé</translation>
    </message>
    <message>
        <source>write timeout</source>
        <translation>délai d’écriture dépassé</translation>
    </message>
    <message>
        <source>database is locked</source>
        <translation>base verrouillée par un autre programme</translation>
    </message>
    <message>
        <source>database or disk is full</source>
        <translation>disque plein</translation>
    </message>
    <message>
        <source>database disk image is malformed</source>
        <translation>base de données endommagée</translation>
    </message>
    <message>
        <source>file is not a database</source>
        <translation>le fichier n’est pas une base de données</translation>
    </message>
    <message>
        <source>unable to open database file</source>
        <translation>impossible d’ouvrir le fichier de la base</translation>
    </message>
    <message>
        <source>attempt to write a readonly database</source>
        <translation>base de données en lecture seule</translation>
    </message>
    <message>
        <source>disk I/O error</source>
        <translation>erreur d’entrée-sortie du disque</translation>
    </message>
</context>
<context>
    <name>shell</name>
    <message>
        <source>{0} of {1} links</source>
        <translation>{0} liaisons sur {1}</translation>
    </message>
    <message>
        <source>No link</source>
        <translation>Aucune liaison</translation>
    </message>
    <message>
        <source>Read only: nothing is written to the devices</source>
        <translation>Lecture seule : rien n’est écrit dans les appareils</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Thème</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Contraste élevé</translation>
    </message>
    <message>
        <source>For colour-blind eyes</source>
        <translation>Pour daltoniens</translation>
    </message>
    <message>
        <source>Moving dots</source>
        <translation>Points en mouvement</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <source>Not recording: {0}. Live values go on; free the disk or the file, then it resumes.</source>
        <translation>Enregistrement arrêté : {0}. Les valeurs en direct continuent ; libérez le disque ou le fichier, il reprendra.</translation>
    </message>
    <message>
        <source>{0} readings lost: the disk stalled. Recording again.</source>
        <translation>{0} mesures perdues : le disque n’a pas suivi. L’enregistrement a repris.</translation>
    </message>
    <message>
        <source>Not recording: live values only</source>
        <translation>Pas d’enregistrement : valeurs en direct seulement</translation>
    </message>
    <message>
        <source>Recording, {0} steps</source>
        <translation>Enregistre, pas de {0}</translation>
    </message>
    <message>
        <source>{0} points</source>
        <translation>{0} points</translation>
    </message>
    <message>
        <source>{0} a day</source>
        <translation>{0} par jour</translation>
    </message>
    <message>
        <source>off</source>
        <translation>arrêtée</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>connexion en cours</translation>
    </message>
    <message>
        <source>up</source>
        <translation>en service</translation>
    </message>
    <message>
        <source>down, being tried again</source>
        <translation>coupée, nouvel essai en cours</translation>
    </message>
</context>
<context>
    <name>trace</name>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualité</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Répondu</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Origine</translation>
    </message>
    <message>
        <source>computed by this PC</source>
        <translation>calculé par ce PC</translation>
    </message>
    <message>
        <source>Words, hex</source>
        <translation>Mots, hexadécimal</translation>
    </message>
    <message>
        <source>Words, decimal</source>
        <translation>Mots, décimal</translation>
    </message>
    <message>
        <source>(found among {0})</source>
        <translation>(trouvé parmi {0})</translation>
    </message>
    <message>
        <source>Factor used</source>
        <translation>Facteur appliqué</translation>
    </message>
    <message>
        <source>Factor from</source>
        <translation>Facteur tiré de</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Décalage</translation>
    </message>
    <message>
        <source>Decoding</source>
        <translation>Décodage</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>Point</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Registre</translation>
    </message>
    <message>
        <source>Asked at</source>
        <translation>Demandé à l’adresse</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>Fonction</translation>
    </message>
    <message>
        <source>Link, address</source>
        <translation>Liaison, adresse</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Plausible</source>
        <translation>Plage plausible</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Signification</translation>
    </message>
    <message>
        <source>inferred, to be confirmed on site</source>
        <translation>déduite, à confirmer sur place</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>{0} in {1} ms</source>
        <translation>{0} en {1} ms</translation>
    </message>
    <message>
        <source>Frame {0}</source>
        <translation>Trame {0}</translation>
    </message>
    <message>
        <source>coil</source>
        <translation>bobine (coil)</translation>
    </message>
    <message>
        <source>discrete input</source>
        <translation>entrée TOR</translation>
    </message>
    <message>
        <source>holding register</source>
        <translation>registre de maintien</translation>
    </message>
    <message>
        <source>input register</source>
        <translation>registre d’entrée</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>area, layout not published</source>
        <translation>zone, structure non publiée</translation>
    </message>
    <message>
        <source>import</source>
        <translation>soutirage</translation>
    </message>
    <message>
        <source>export</source>
        <translation>injection</translation>
    </message>
    <message>
        <source>discharge</source>
        <translation>décharge</translation>
    </message>
    <message>
        <source>charge</source>
        <translation>charge</translation>
    </message>
    <message>
        <source>none set</source>
        <translation>aucun actif</translation>
    </message>
    <message>
        <source>code {0}, not in the map</source>
        <translation>code {0}, absent de la table</translation>
    </message>
    <message>
        <source>bit {0}, not in the map</source>
        <translation>bit {0}, absent de la table</translation>
    </message>
    <message>
        <source>never read</source>
        <translation>jamais lu</translation>
    </message>
    <message>
        <source>on demand</source>
        <translation>à la demande</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>pas encore lu</translation>
    </message>
    <message>
        <source>good</source>
        <translation>bonne</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>périmée</translation>
    </message>
    <message>
        <source>bad</source>
        <translation>mauvaise</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>inconnue</translation>
    </message>
    <message>
        <source>{0} asked</source>
        <translation>{0} demandé</translation>
    </message>
    <message>
        <source>{0}, {1} achieved</source>
        <translation>{0}, {1} obtenu</translation>
    </message>
    <message>
        <source>off</source>
        <translation>arrêtée</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>connexion en cours</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>connectée</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>coupée</translation>
    </message>
    <message>
        <source>no answer yet</source>
        <translation>pas encore de réponse</translation>
    </message>
    <message>
        <source>online</source>
        <translation>en ligne</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>muet</translation>
    </message>
    <message>
        <source>set-up fault</source>
        <translation>défaut de configuration</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>réponse reçue</translation>
    </message>
    <message>
        <source>refused by the device</source>
        <translation>refusé par l’appareil</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>pas de réponse</translation>
    </message>
    <message>
        <source>answer to another question</source>
        <translation>réponse à une autre demande</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>trame abîmée</translation>
    </message>
    <message>
        <source>link down</source>
        <translation>liaison coupée</translation>
    </message>
</context>
</TS>
