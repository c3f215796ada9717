<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en_GB">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Wattelier</source>
        <translation>À propos de Wattelier</translation>
    </message>
    <message>
        <source>Commissions and supervises the energy equipment of a building. Licence: MIT.</source>
        <translation>Met en service et supervise les équipements d’énergie d’un bâtiment. Licence&#xa0;: MIT.</translation>
    </message>
    <message>
        <source>It works without internet, and calls nothing but the links that you open.</source>
        <translation>Fonctionne sans internet et n’appelle que les liaisons que vous ouvrez.</translation>
    </message>
    <message>
        <source>Your data: {0}</source>
        <translation>Vos données&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Written by others</source>
        <translation>Composants tiers</translation>
    </message>
    <message>
        <source>Libraries under the LGPL (Qt with PySide6 and Shiboken, python-can) are files of their own in the program’s folder: another build of them may take their place.</source>
        <translation>Les bibliothèques sous LGPL (Qt avec PySide6 et Shiboken, python-can) sont des fichiers à part dans le dossier du programme&#xa0;: une autre version peut prendre leur place.</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtrer</translation>
    </message>
    <message>
        <source>Text of the licence</source>
        <translation>Texte de la licence</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>It brings no text of its licence.</source>
        <translation>Aucun texte de licence n’est fourni.</translation>
    </message>
</context>
<context>
    <name>AccountsDialog</name>
    <message>
        <source>Accounts</source>
        <translation>Comptes</translation>
    </message>
    <message>
        <source>Who may sign in at this site</source>
        <translation>Qui peut se connecter à ce site</translation>
    </message>
    <message>
        <source>New account…</source>
        <translation>Nouveau compte…</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rôle</translation>
    </message>
    <message>
        <source>Reset the password…</source>
        <translation>Réinitialiser le mot de passe…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Supprimer…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Lock without a key or the mouse after</source>
        <translation>Verrouiller sans clavier ni souris après</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>Activer</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>Désactiver</translation>
    </message>
    <message>
        <source>Remove the account {0}?</source>
        <translation>Supprimer le compte {0}&#x202f;?</translation>
    </message>
    <message>
        <source>Nobody can sign in with it any more. What was done with it stays in the journal.</source>
        <translation>Plus personne ne pourra se connecter avec ce compte. Ce qui a été fait avec lui reste dans le journal.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
</context>
<context>
    <name>AnswerRow</name>
    <message>
        <source>Something answers</source>
        <translation>Un appareil répond</translation>
    </message>
    <message>
        <source>no. {0}</source>
        <translation>n° {0}</translation>
    </message>
    <message>
        <source>Include {0}</source>
        <translation>Inclure {0}</translation>
    </message>
    <message>
        <source>Profile of {0}</source>
        <translation>Profil de {0}</translation>
    </message>
    <message>
        <source>What {0} measures</source>
        <translation>Ce que mesure {0}</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Pourquoi&#x202f;?</translation>
    </message>
    <message>
        <source>Stick doctor…</source>
        <translation>Diagnostic de la clé…</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}&#xa0;: {1}</translation>
    </message>
    <message>
        <source>choose its profile</source>
        <translation>choisir son profil</translation>
    </message>
    <message>
        <source>the grid</source>
        <translation>le réseau</translation>
    </message>
    <message>
        <source>solar production</source>
        <translation>la production solaire</translation>
    </message>
    <message>
        <source>the house</source>
        <translation>la maison</translation>
    </message>
    <message>
        <source>a charging station</source>
        <translation>une borne de recharge</translation>
    </message>
    <message>
        <source>a circuit</source>
        <translation>un circuit</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>autre chose</translation>
    </message>
    <message>
        <source>measures {0}</source>
        <translation>mesure {0}</translation>
    </message>
</context>
<context>
    <name>BusCard</name>
    <message>
        <source>Load {0}</source>
        <translation>Charge {0}</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>et {0} de plus</translation>
    </message>
    <message>
        <source>CAN bus</source>
        <translation>Bus CAN</translation>
    </message>
    <message>
        <source>Identifiers that no profile of this bus knows</source>
        <translation>Identifiants qu’aucun profil de ce bus ne connaît</translation>
    </message>
    <message>
        <source>Allow transmission…</source>
        <translation>Autoriser l’émission…</translation>
    </message>
    <message>
        <source>Stop transmitting</source>
        <translation>Arrêter l’émission</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>Oublier</translation>
    </message>
    <message>
        <source>Profile whose frames are sent</source>
        <translation>Profil dont les trames sont émises</translation>
    </message>
    <message>
        <source>This link is read-only. With read_only: false in the site file, it could be opened here.</source>
        <translation>Cette liaison est en lecture seule. Avec read_only: false dans le fichier du site, elle pourrait être ouverte ici.</translation>
    </message>
    <message>
        <source>No profile of this bus has anything to send.</source>
        <translation>Aucun profil de ce bus n’a quoi que ce soit à émettre.</translation>
    </message>
    <message>
        <source>Remembered for this site: it may transmit each time the site is opened.</source>
        <translation>Mémorisé pour ce site&#xa0;: il peut émettre à chaque ouverture du site.</translation>
    </message>
    <message>
        <source>Stopped for now; remembered for this site: it may transmit when the site is opened again.</source>
        <translation>Arrêté pour l’instant&#xa0;; mémorisé pour ce site&#xa0;: il pourra émettre à la prochaine ouverture.</translation>
    </message>
    <message>
        <source>The adapter is mute: not one bit leaves. It is opened anew when you allow transmission.</source>
        <translation>L’adaptateur est muet&#xa0;: pas un bit ne sort. Il sera rouvert si vous autorisez l’émission.</translation>
    </message>
    <message>
        <source>Its adapter acknowledges what it hears, unless “ip link” has set it to listen-only.</source>
        <translation>Son adaptateur acquitte toutefois les trames reçues, sauf si «&#xa0;ip link&#xa0;» l’a réglé sur listen-only.</translation>
    </message>
    <message>
        <source>But this adapter cannot be mute: it acknowledges what it hears.</source>
        <translation>Cet adaptateur ne peut cependant pas être rendu muet&#xa0;: il acquitte les trames reçues.</translation>
    </message>
    <message>
        <source>Sent once on your order alone: {0}</source>
        <translation>Envoyé une seule fois, uniquement sur votre ordre&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Remember for this site: next time it may transmit without asking</source>
        <translation>Mémoriser pour ce site&#xa0;: la prochaine fois, émettre sans redemander</translation>
    </message>
    <message>
        <source>Bus: {0}, {1}</source>
        <translation>Bus&#xa0;: {0}, {1}</translation>
    </message>
    <message>
        <source>Profile: {0}</source>
        <translation>Profil&#xa0;: {0}</translation>
    </message>
    <message>
        <source>What is sent: {0}, every {1}, to each of: {2}</source>
        <translation>Ce qui est émis&#xa0;: {0}, toutes les {1}, vers {2}</translation>
    </message>
    <message>
        <source>It acts on real devices: a vehicle may begin or stop charging. “Stop transmitting” ends it at once.</source>
        <translation>Cela agit sur de vrais appareils&#xa0;: un véhicule peut commencer ou arrêter sa charge. «&#xa0;Arrêter l’émission&#xa0;» y met fin aussitôt.</translation>
    </message>
    <message>
        <source>Sent once at the beginning, to learn who is there: {0}</source>
        <translation>Émis une fois au début, pour savoir qui est là&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Let this PC transmit on {0}?</source>
        <translation>Laisser ce PC émettre sur {0}&#xa0;?</translation>
    </message>
    <message>
        <source>Allow transmission</source>
        <translation>Autoriser l’émission</translation>
    </message>
</context>
<context>
    <name>CaptureBar</name>
    <message>
        <source>Capture</source>
        <translation>Capture</translation>
    </message>
    <message>
        <source>Save the frames of this link…</source>
        <translation>Enregistrer les trames de cette liaison…</translation>
    </message>
    <message>
        <source>Open a capture…</source>
        <translation>Ouvrir une capture…</translation>
    </message>
    <message>
        <source>Back to the link</source>
        <translation>Revenir à la liaison</translation>
    </message>
    <message>
        <source>Save the frames</source>
        <translation>Enregistrer les trames</translation>
    </message>
    <message>
        <source>Open a capture</source>
        <translation>Ouvrir une capture</translation>
    </message>
    <message>
        <source>{0} saved in {1}</source>
        <translation>Enregistré&#xa0;: {0}, dans {1}</translation>
    </message>
    <message>
        <source>{0} was not saved: {1}.</source>
        <translation>{0} n’a pas été enregistré&#xa0;: {1}.</translation>
    </message>
    <message>
        <source>{0} was not opened: {1}.</source>
        <translation>{0} n’a pas été ouvert&#xa0;: {1}.</translation>
    </message>
    <message>
        <source>Save the frames of this link in a file, or read those of a file</source>
        <translation>Enregistrer les trames de cette liaison dans un fichier, ou lire celles d’un fichier</translation>
    </message>
    <message>
        <source>Captures (*{0});;All files (*)</source>
        <translation>Captures (*{0});;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>{0} saved in {1}, the newest of {2}: the file would be too long</source>
        <translation>Enregistré&#xa0;: {0}, les derniers de {2}, dans {1}&#xa0;: le fichier serait trop long</translation>
    </message>
    <message>
        <source>From a file, not from the link: {0}</source>
        <translation>Lu dans un fichier, pas sur la liaison&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>CfgDetail</name>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Choose a setting above to read all that is known of it.</source>
        <translation>Choisissez un réglage ci-dessus pour lire tout ce que l’on en sait.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Take the factory value</source>
        <translation>Reprendre la valeur d’usine</translation>
    </message>
    <message>
        <source>Give up the edit</source>
        <translation>Abandonner la modification</translation>
    </message>
    <message>
        <source>Take the value of the right</source>
        <translation>Reprendre la valeur de droite</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>Utilité</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Plage</translation>
    </message>
    <message>
        <source>Factory</source>
        <translation>Usine</translation>
    </message>
    <message>
        <source>Not edited</source>
        <translation>Non modifiable</translation>
    </message>
    <message>
        <source>Caution</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>Not copied</source>
        <translation>Non repris</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Clé</translation>
    </message>
    <message>
        <source>line {0}</source>
        <translation>ligne {0}</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>Dans le fichier</translation>
    </message>
    <message>
        <source>On the right</source>
        <translation>À droite</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Signification</translation>
    </message>
    <message>
        <source>read and written</source>
        <translation>lecture et écriture</translation>
    </message>
    <message>
        <source>read only</source>
        <translation>lecture seule</translation>
    </message>
    <message>
        <source>Over OCPP</source>
        <translation>Par OCPP</translation>
    </message>
    <message>
        <source>from the role {0} on</source>
        <translation>à partir du rôle {0}</translation>
    </message>
    <message>
        <source>May change it</source>
        <translation>Modifiable</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>absent</translation>
    </message>
</context>
<context>
    <name>CfgFiles</name>
    <message>
        <source>no file</source>
        <translation>aucun fichier</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>rien</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Enregistrer sous…</translation>
    </message>
    <message>
        <source>Save 1 edit as…</source>
        <translation>Enregistrer 1 modification sous…</translation>
    </message>
    <message>
        <source>Save {0} edits as…</source>
        <translation>Enregistrer {0} modifications sous…</translation>
    </message>
    <message>
        <source>With another file…</source>
        <translation>Avec un autre fichier…</translation>
    </message>
    <message>
        <source>With {0}, over OCPP</source>
        <translation>Avec {0}, par OCPP</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>Comparé à</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Ouvrir…</translation>
    </message>
    <message>
        <source>Open a .cfg file that an EVlink station has exported; or drop it here</source>
        <translation>Ouvrir un fichier .cfg exporté par une borne EVlink, ou le déposer ici</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Comparer</translation>
    </message>
    <message>
        <source>End the comparison</source>
        <translation>Terminer la comparaison</translation>
    </message>
    <message>
        <source>Read now</source>
        <translation>Lire maintenant</translation>
    </message>
    <message>
        <source>Ask the station for its configuration; nothing is changed in it</source>
        <translation>Demander sa configuration à la borne&#xa0;; rien n’y est modifié</translation>
    </message>
</context>
<context>
    <name>CfgSaver</name>
    <message>
        <source>Not saved. {0}</source>
        <translation>Non enregistré. {0}</translation>
    </message>
    <message>
        <source>The original is replaced; it is kept as {0}.</source>
        <translation>L’original est remplacé&#xa0;; il est conservé sous le nom {0}.</translation>
    </message>
    <message>
        <source>Replace the original {0}?</source>
        <translation>Remplacer l’original {0}&#x202f;?</translation>
    </message>
    <message>
        <source>Save these values?</source>
        <translation>Enregistrer ces valeurs&#x202f;?</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Remplacer</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>{0}: {1} → {2}</source>
        <translation>{0}&#xa0;: {1} → {2}</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>et {0} autres</translation>
    </message>
    <message>
        <source>{0}: {1}.</source>
        <translation>{0}&#xa0;: {1}.</translation>
    </message>
    <message>
        <source>Saving {0}…</source>
        <translation>Enregistrement de {0}…</translation>
    </message>
    <message>
        <source>a fault of the program, see the log</source>
        <translation>défaut du programme, voir le journal technique</translation>
    </message>
    <message>
        <source>{0} was not saved: {1}.</source>
        <translation>{0} n’a pas été enregistré&#xa0;: {1}.</translation>
    </message>
    <message>
        <source>{0} saved and read back: identical to the original byte for byte.</source>
        <translation>{0} enregistré et relu&#xa0;: identique à l’original, octet pour octet.</translation>
    </message>
    <message>
        <source>{0} saved and read back: 1 value differs from the original, everything else identical byte for byte.</source>
        <translation>{0} enregistré et relu&#xa0;: 1 valeur diffère de l’original, tout le reste est identique octet pour octet.</translation>
    </message>
    <message>
        <source>{0} saved and read back: {1} values differ from the original, everything else identical byte for byte.</source>
        <translation>{0} enregistré et relu&#xa0;: {1} valeurs diffèrent de l’original, tout le reste est identique octet pour octet.</translation>
    </message>
    <message>
        <source>The original is kept as {0}.</source>
        <translation>L’original est conservé sous le nom {0}.</translation>
    </message>
    <message>
        <source>The journal could not be written: {0}.</source>
        <translation>Le journal n’a pas pu être écrit&#xa0;: {0}.</translation>
    </message>
</context>
<context>
    <name>CfgTab</name>
    <message>
        <source>1 edit is not saved.</source>
        <translation>1 modification n’est pas enregistrée.</translation>
    </message>
    <message>
        <source>{0} edits are not saved.</source>
        <translation>{0} modifications ne sont pas enregistrées.</translation>
    </message>
    <message>
        <source>Open {0} and give up the edits?</source>
        <translation>Ouvrir {0} et abandonner les modifications&#x202f;?</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>{0} has not told its configuration yet: press “Read now”.</source>
        <translation>{0} n’a pas encore donné sa configuration&#xa0;: appuyez sur «&#xa0;Lire maintenant&#xa0;».</translation>
    </message>
    <message>
        <source>Nothing of what is selected differs.</source>
        <translation>Rien ne diffère dans la sélection.</translation>
    </message>
    <message>
        <source>{0} values taken over as edits, not saved yet.</source>
        <translation>{0} valeurs reprises comme modifications, pas encore enregistrées.</translation>
    </message>
    <message>
        <source>1 value taken over as an edit, not saved yet.</source>
        <translation>1 valeur reprise comme modification, pas encore enregistrée.</translation>
    </message>
    <message>
        <source>{0} cannot be taken over: see their details.</source>
        <translation>{0} ne peuvent pas être reprises&#xa0;: voir leurs détails.</translation>
    </message>
    <message>
        <source>Are both of the same model and firmware?</source>
        <translation>Les deux sont-ils du même modèle et du même micrologiciel&#x202f;?</translation>
    </message>
    <message>
        <source>Take over 1 value</source>
        <translation>Reprendre 1 valeur</translation>
    </message>
    <message>
        <source>Take over {0} values</source>
        <translation>Reprendre {0} valeurs</translation>
    </message>
    <message>
        <source>Sign in to read them; the file itself is open.</source>
        <translation>Connectez-vous pour les lire&#xa0;; le fichier est ouvert.</translation>
    </message>
    <message>
        <source>Open the .cfg file that an EVlink station has exported</source>
        <translation>Ouvrez le fichier .cfg exporté par une borne EVlink</translation>
    </message>
    <message>
        <source>Drop it to open it.</source>
        <translation>Déposez-le pour l’ouvrir.</translation>
    </message>
    <message>
        <source>Drop them to compare them.</source>
        <translation>Déposez-les pour les comparer.</translation>
    </message>
    <message>
        <source>Drop it to compare it with {0}.</source>
        <translation>Déposez-le pour le comparer à {0}.</translation>
    </message>
    <message>
        <source>Reading {0}…</source>
        <translation>Lecture de {0}…</translation>
    </message>
    <message>
        <source>a fault of the program, see the log</source>
        <translation>défaut du programme, voir le journal technique</translation>
    </message>
    <message>
        <source>{0} was not opened: {1}.</source>
        <translation>{0} n’a pas été ouvert&#xa0;: {1}.</translation>
    </message>
    <message>
        <source>On the station’s own page, as admin: Configuration, General parameters, Export.</source>
        <translation>Sur la page de la borne, compte admin&#xa0;: Configuration, Paramètres généraux, Export.</translation>
    </message>
    <message>
        <source>Or drop files here: one is opened, two are compared. What is not edited stays byte for byte.</source>
        <translation>Ou déposez des fichiers ici&#xa0;: un seul est ouvert, deux sont comparés. Ce qui n’est pas modifié reste tel quel, octet pour octet.</translation>
    </message>
    <message>
        <source>{0} is being asked for its configuration.</source>
        <translation>La configuration de {0} est demandée.</translation>
    </message>
    <message>
        <source>Open an EVlink configuration</source>
        <translation>Ouvrir une configuration EVlink</translation>
    </message>
    <message>
        <source>Compare with a file</source>
        <translation>Comparer à un fichier</translation>
    </message>
    <message>
        <source>EVlink configuration (*.cfg);;All files (*)</source>
        <translation>Configuration EVlink (*.cfg);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>modifié</translation>
    </message>
    <message>
        <source>Save the configuration</source>
        <translation>Enregistrer la configuration</translation>
    </message>
</context>
<context>
    <name>CfgTable</name>
    <message>
        <source>{0} settings</source>
        <translation>{0} réglages</translation>
    </message>
    <message>
        <source>{0} of {1} settings</source>
        <translation>{0} réglages sur {1}</translation>
    </message>
    <message>
        <source>Filter by name, key, help or section</source>
        <translation>Filtrer par nom, clé, aide ou section</translation>
    </message>
    <message>
        <source>Filter the settings</source>
        <translation>Filtrer les réglages</translation>
    </message>
    <message>
        <source>Only differences</source>
        <translation>Différences seulement</translation>
    </message>
    <message>
        <source>Only edits</source>
        <translation>Modifications seulement</translation>
    </message>
    <message>
        <source>Take over the selected</source>
        <translation>Reprendre la sélection</translation>
    </message>
    <message>
        <source>Which settings are shown</source>
        <translation>Réglages affichés</translation>
    </message>
    <message>
        <source>Take the values of the right over into the left file, as edits; never secrets</source>
        <translation>Reprendre les valeurs de droite dans le fichier de gauche, comme modifications&#xa0;; jamais les secrets</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Save the settings shown as CSV; secrets stay hidden</source>
        <translation>Enregistrer les réglages affichés en CSV&#xa0;; les secrets restent masqués</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>All that is known of the chosen setting</source>
        <translation>Tout ce que l’on sait du réglage choisi</translation>
    </message>
    <message>
        <source>Settings of the file</source>
        <translation>Réglages du fichier</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation>Tous les réglages</translation>
    </message>
    <message>
        <source>Export the settings</source>
        <translation>Exporter les réglages</translation>
    </message>
    <message>
        <source>{0} could not be written: {1}.</source>
        <translation>{0} n’a pas pu être écrit&#xa0;: {1}.</translation>
    </message>
</context>
<context>
    <name>CfgTree</name>
    <message>
        <source>Setting</source>
        <translation>Réglage</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>Dans le fichier</translation>
    </message>
    <message>
        <source>New value</source>
        <translation>Nouvelle valeur</translation>
    </message>
    <message>
        <source>On the right</source>
        <translation>À droite</translation>
    </message>
    <message>
        <source>Range · factory</source>
        <translation>Plage · usine</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Clé</translation>
    </message>
    <message>
        <source>not possible</source>
        <translation>impossible</translation>
    </message>
    <message>
        <source>to save</source>
        <translation>à enregistrer</translation>
    </message>
</context>
<context>
    <name>CfgView</name>
    <message>
        <source>{0} settings</source>
        <translation>{0} réglages</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>no settings</source>
        <translation>aucun réglage</translation>
    </message>
    <message>
        <source>1 setting</source>
        <translation>1 réglage</translation>
    </message>
</context>
<context>
    <name>CheckDetail</name>
    <message>
        <source>How to do it</source>
        <translation>Comment faire</translation>
    </message>
    <message>
        <source>Values now</source>
        <translation>Valeurs actuelles</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Résultat</translation>
    </message>
    <message>
        <source>Power switched, in W</source>
        <translation>Puissance commutée, en W</translation>
    </message>
    <message>
        <source>It is switched</source>
        <translation>C’est commuté</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>from {0} to {1}</source>
        <translation>de {0} à {1}</translation>
    </message>
    <message>
        <source>Do it again</source>
        <translation>Recommencer</translation>
    </message>
    <message>
        <source>Start the check</source>
        <translation>Lancer le contrôle</translation>
    </message>
    <message>
        <source>Another check is under way.</source>
        <translation>Un autre contrôle est en cours.</translation>
    </message>
    <message>
        <source>{0}, by {1}</source>
        <translation>{0}, par {1}</translation>
    </message>
</context>
<context>
    <name>ChecksStep</name>
    <message>
        <source>Checks</source>
        <translation>Contrôles</translation>
    </message>
    <message>
        <source>under way…</source>
        <translation>en cours…</translation>
    </message>
</context>
<context>
    <name>ChoosePanel</name>
    <message>
        <source>Device</source>
        <translation>Appareil</translation>
    </message>
    <message>
        <source>Choose how the installation is built. Wiring, settings and checks follow step by step; nothing is written to the device from here without review.</source>
        <translation>Choisissez comment l’installation est faite. Câblage, réglages et contrôles suivent pas à pas&#xa0;; rien n’est écrit dans l’appareil d’ici sans vérification.</translation>
    </message>
    <message>
        <source>Reading the assistants…</source>
        <translation>Lecture des assistants…</translation>
    </message>
    <message>
        <source>This site has no AURA</source>
        <translation>Ce site n’a pas d’AURA</translation>
    </message>
    <message>
        <source>The assistants fit inverters with the profile aura/hybrid. Find or add one, then come back.</source>
        <translation>Les assistants conviennent aux onduleurs de profil aura/hybrid. Recherchez ou ajoutez-en un, puis revenez.</translation>
    </message>
    <message>
        <source>The assistants cannot be shown</source>
        <translation>Impossible d’afficher les assistants</translation>
    </message>
    <message>
        <source>What is ticked here cannot be kept: {0}</source>
        <translation>Ce qui est coché ici ne peut pas être conservé&#xa0;: {0}</translation>
    </message>
    <message>
        <source>not begun</source>
        <translation>pas commencé</translation>
    </message>
    <message>
        <source>under way: {0} checks passed</source>
        <translation>en cours&#xa0;: contrôles réussis&#xa0;: {0}</translation>
    </message>
</context>
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
    <name>CommissioningPage</name>
    <message>
        <source>Tools of commissioning</source>
        <translation>Outils de mise en service</translation>
    </message>
    <message>
        <source>There is nothing to commission here</source>
        <translation>Il n’y a rien à mettre en service ici</translation>
    </message>
</context>
<context>
    <name>CompareCard</name>
    <message>
        <source>Stop reading</source>
        <translation>Arrêter la lecture</translation>
    </message>
    <message>
        <source>Read now</source>
        <translation>Lire maintenant</translation>
    </message>
    <message>
        <source>The device has not been read yet: press “Read now”.</source>
        <translation>L’appareil n’a pas encore été lu&#xa0;: appuyez sur «&#xa0;Lire maintenant&#xa0;».</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Comparaison</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Gauche</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Droite</translation>
    </message>
    <message>
        <source>{0}: snapshot</source>
        <translation>{0}&#xa0;: relevé</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>{0}: device</source>
        <translation>{0}&#xa0;: appareil</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Permuter</translation>
    </message>
    <message>
        <source>The left becomes the right</source>
        <translation>La gauche passe à droite</translation>
    </message>
    <message>
        <source>Read every parameter of this device now</source>
        <translation>Lire maintenant tous les paramètres de cet appareil</translation>
    </message>
    <message>
        <source>Filter by name, value or register</source>
        <translation>Filtrer par nom, valeur ou registre</translation>
    </message>
    <message>
        <source>Filter the comparison</source>
        <translation>Filtrer la comparaison</translation>
    </message>
    <message>
        <source>Differences only</source>
        <translation>Différences seulement</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Values beside each other</source>
        <translation>Valeurs côte à côte</translation>
    </message>
    <message>
        <source>1 difference</source>
        <translation>1 différence</translation>
    </message>
    <message>
        <source>{0} differences</source>
        <translation>{0} différences</translation>
    </message>
    <message>
        <source>{0} the same</source>
        <translation>{0} identiques</translation>
    </message>
    <message>
        <source>1 the same</source>
        <translation>1 identique</translation>
    </message>
    <message>
        <source>{0} not comparable</source>
        <translation>{0} non comparables</translation>
    </message>
    <message>
        <source>1 not comparable</source>
        <translation>1 non comparable</translation>
    </message>
    <message>
        <source>Choose what to compare</source>
        <translation>Choisissez ce qu’il faut comparer</translation>
    </message>
    <message>
        <source>A snapshot on the left; on the right another one, or the device as it is now.</source>
        <translation>Un relevé à gauche&#xa0;; à droite un autre relevé, ou l’appareil dans son état actuel.</translation>
    </message>
    <message>
        <source>No differences</source>
        <translation>Aucune différence</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Rien ne correspond</translation>
    </message>
    <message>
        <source>Clear the filter, or show what is the same, too.</source>
        <translation>Effacez le filtre, ou affichez aussi ce qui est identique.</translation>
    </message>
    <message>
        <source>Nothing to compare</source>
        <translation>Rien à comparer</translation>
    </message>
    <message>
        <source>The two sides have no value in common.</source>
        <translation>Les deux côtés n’ont aucune valeur en commun.</translation>
    </message>
    <message>
        <source>Take into the review</source>
        <translation>Reprendre dans la vérification</translation>
    </message>
    <message>
        <source>Take 1 value into the review</source>
        <translation>Reprendre 1 valeur dans la vérification</translation>
    </message>
    <message>
        <source>Take {0} values into the review</source>
        <translation>Reprendre {0} valeurs dans la vérification</translation>
    </message>
    <message>
        <source>Untick all</source>
        <translation>Tout décocher</translation>
    </message>
    <message>
        <source>Tick all shown</source>
        <translation>Tout cocher</translation>
    </message>
    <message>
        <source>The values of the left, for {0}</source>
        <translation>Les valeurs de gauche, pour {0}</translation>
    </message>
    <message>
        <source>This needs the role {0}.</source>
        <translation>Le rôle {0} est nécessaire.</translation>
    </message>
    <message>
        <source>Save the rows shown as CSV; secrets stay hidden</source>
        <translation>Enregistrer les lignes affichées en CSV&#xa0;; les secrets restent masqués</translation>
    </message>
</context>
<context>
    <name>Confirm</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>CouplingDiagram</name>
    <message>
        <source>PV on the inverter</source>
        <translation>PV sur l’onduleur</translation>
    </message>
    <message>
        <source>existing PV inverter on the switchboard</source>
        <translation>onduleur PV existant sur le tableau</translation>
    </message>
    <message>
        <source>battery on the inverter</source>
        <translation>batterie sur l’onduleur</translation>
    </message>
    <message>
        <source>backup box and circuits on the EPS output</source>
        <translation>coffret backup et circuits secourus sur la sortie EPS</translation>
    </message>
    <message>
        <source>CT on the supply</source>
        <translation>tore sur l’arrivée du réseau</translation>
    </message>
    <message>
        <source>meter in the supply</source>
        <translation>compteur sur l’arrivée du réseau</translation>
    </message>
    <message>
        <source>CT cable, under 5 m</source>
        <translation>tore, câble &lt; 5&#x202f;m</translation>
    </message>
    <message>
        <source>RS485: A on 3, B on 4</source>
        <translation>RS485&#xa0;: A en 3, B en 4</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Switchboard</source>
        <translation>Tableau</translation>
    </message>
    <message>
        <source>House</source>
        <translation>Maison</translation>
    </message>
    <message>
        <source>Existing PV</source>
        <translation>PV existant</translation>
    </message>
    <message>
        <source>PV inverter</source>
        <translation>Onduleur PV</translation>
    </message>
    <message>
        <source>PV on the AURA</source>
        <translation>PV sur l’AURA</translation>
    </message>
    <message>
        <source>Battery</source>
        <translation>Batterie</translation>
    </message>
    <message>
        <source>Backup box</source>
        <translation>Coffret backup</translation>
    </message>
    <message>
        <source>Backup circuits</source>
        <translation>Circuits secourus</translation>
    </message>
    <message>
        <source>CT on L</source>
        <translation>Tore sur L</translation>
    </message>
    <message>
        <source>Meter</source>
        <translation>Compteur</translation>
    </message>
    <message>
        <source>+ import</source>
        <translation>+ soutirage</translation>
    </message>
</context>
<context>
    <name>CouplingsTab</name>
    <message>
        <source>All configurations</source>
        <translation>Toutes les configurations</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Next: {0}</source>
        <translation>Suite&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Wiring</source>
        <translation>Câblage</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Contrôles</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Résultat</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>conservé</translation>
    </message>
    <message>
        <source>not kept yet</source>
        <translation>pas encore conservé</translation>
    </message>
    <message>
        <source>Begin this configuration again?</source>
        <translation>Recommencer cette configuration&#x202f;?</translation>
    </message>
    <message>
        <source>The ticks and the results shown here are forgotten; the journal keeps what was stored.</source>
        <translation>Les coches et les résultats affichés ici sont oubliés&#xa0;; le journal garde ce qui y a été enregistré.</translation>
    </message>
    <message>
        <source>Begin again</source>
        <translation>Recommencer</translation>
    </message>
</context>
<context>
    <name>CredentialsDialog</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>Present password</source>
        <translation>Mot de passe actuel</translation>
    </message>
    <message>
        <source>At least {0} characters: a short sentence is easy to keep.</source>
        <translation>Au moins {0} caractères&#xa0;: une courte phrase se retient bien.</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Nouveau mot de passe</translation>
    </message>
    <message>
        <source>The same once more</source>
        <translation>Le même, une seconde fois</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rôle</translation>
    </message>
    <message>
        <source>Show what is typed</source>
        <translation>Afficher la saisie</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Choose a password</source>
        <translation>Choisir un mot de passe</translation>
    </message>
    <message>
        <source>The one you have was set by an administrator. Choose one that only you know.</source>
        <translation>Le vôtre a été défini par un administrateur. Choisissez-en un que vous serez seul à connaître.</translation>
    </message>
    <message>
        <source>Set it and sign in</source>
        <translation>Valider et se connecter</translation>
    </message>
    <message>
        <source>Change my password</source>
        <translation>Changer mon mot de passe</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>Changer</translation>
    </message>
    <message>
        <source>Create the administrator</source>
        <translation>Créer l’administrateur</translation>
    </message>
    <message>
        <source>The first account of this site manages the others. There is no default password, and nobody can recover a lost one: keep it well.</source>
        <translation>Le premier compte de ce site gère les autres. Il n’existe pas de mot de passe par défaut, et personne ne peut retrouver un mot de passe perdu&#xa0;: gardez-le bien.</translation>
    </message>
    <message>
        <source>Create the account</source>
        <translation>Créer le compte</translation>
    </message>
    <message>
        <source>New account</source>
        <translation>Nouveau compte</translation>
    </message>
    <message>
        <source>Tell the person this password. It must be changed when it is first used.</source>
        <translation>Communiquez ce mot de passe à la personne. Elle devra le changer à la première connexion.</translation>
    </message>
    <message>
        <source>Reset the password</source>
        <translation>Réinitialiser le mot de passe</translation>
    </message>
    <message>
        <source>Tell the person this password. It must be changed at the next sign-in.</source>
        <translation>Communiquez ce mot de passe à la personne. Elle devra le changer à la prochaine connexion.</translation>
    </message>
    <message>
        <source>Reset it</source>
        <translation>Réinitialiser</translation>
    </message>
    <message>
        <source>The two passwords are not the same.</source>
        <translation>Les deux mots de passe diffèrent.</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un instant…</translation>
    </message>
    <message>
        <source>Too many wrong passwords. The next try is possible in {0}.</source>
        <translation>Trop de mots de passe erronés. Prochain essai possible dans {0}.</translation>
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
    <name>DeviceCard</name>
    <message>
        <source>Measures</source>
        <translation>Mesures</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>What is shown of the device</source>
        <translation>Ce qui est montré de l’appareil</translation>
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
    <name>DifferenceTable</name>
    <message>
        <source>Parameter</source>
        <translation>Paramètre</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Gauche</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Droite</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
</context>
<context>
    <name>DoctorDialog</name>
    <message>
        <source>Stick doctor</source>
        <translation>Diagnostic de la clé Wi-Fi</translation>
    </message>
    <message>
        <source>What the network tells</source>
        <translation>Ce que dit le réseau</translation>
    </message>
    <message>
        <source>Examine again</source>
        <translation>Examiner à nouveau</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Copier le rapport</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Now look at the lamps of the stick.</source>
        <translation>Regardez maintenant les voyants de la clé.</translation>
    </message>
    <message>
        <source>Examining the stick; nothing is written to it…</source>
        <translation>Examen de la clé en cours&#x202f;; rien n’y est écrit…</translation>
    </message>
    <message>
        <source>Use the serial number {0}</source>
        <translation>Utiliser le numéro de série {0}</translation>
    </message>
</context>
<context>
    <name>EvidenceCard</name>
    <message>
        <source>Confirm: {0}</source>
        <translation>Confirmer&#xa0;: {0}</translation>
    </message>
    <message>
        <source>The meaning of this register was inferred, the maker does not document it. Change the setting on the device’s own screen, read it here, and compare. It can be written on this device once you have.</source>
        <translation>La signification de ce registre est déduite, le fabricant ne la documente pas. Modifiez le réglage sur l’écran de l’appareil, lisez-le ici et comparez. Il pourra ensuite être écrit sur cet appareil.</translation>
    </message>
    <message>
        <source>For instance: 01:00 on the screen, 01:00 read here</source>
        <translation>Par exemple&#xa0;: 01:00 à l’écran, 01:00 lu ici</translation>
    </message>
    <message>
        <source>What was compared</source>
        <translation>Ce qui a été comparé</translation>
    </message>
    <message>
        <source>It is the same: confirm</source>
        <translation>C’est identique&#xa0;: confirmer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>FaultCard</name>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Nothing was changed or lost. Correct the file, save it, and open it again.</source>
        <translation>Rien n’a été modifié ni perdu. Corriger le fichier, l’enregistrer, puis l’ouvrir à nouveau.</translation>
    </message>
</context>
<context>
    <name>FindPage</name>
    <message>
        <source>Add to {0}</source>
        <translation>Ajouter à {0}</translation>
    </message>
    <message>
        <source>Create the site…</source>
        <translation>Créer le site…</translation>
    </message>
    <message>
        <source>The search could not begin</source>
        <translation>La recherche n’a pas pu commencer</translation>
    </message>
    <message>
        <source>This window cannot search</source>
        <translation>Cette fenêtre ne peut pas rechercher</translation>
    </message>
    <message>
        <source>Use the command line: wattelier find</source>
        <translation>Utilisez la ligne de commande&#xa0;: wattelier find</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Recherche en cours…</translation>
    </message>
    <message>
        <source>What answers appears here at once.</source>
        <translation>Ce qui répond apparaît aussitôt ici.</translation>
    </message>
    <message>
        <source>Nothing has answered</source>
        <translation>Rien n’a répondu</translation>
    </message>
    <message>
        <source>What to try next:</source>
        <translation>À essayer ensuite&#xa0;:</translation>
    </message>
    <message>
        <source>Nothing has been sent yet</source>
        <translation>Rien n’a encore été envoyé</translation>
    </message>
    <message>
        <source>Tick at the left where to look. The button says exactly what will happen; only reading is done.</source>
        <translation>Cochez à gauche où chercher. Le bouton dit exactement ce qui va se passer&#xa0;; on ne fait que lire.</translation>
    </message>
    <message>
        <source>Export the report</source>
        <translation>Exporter le rapport</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>Texte (*.txt)</translation>
    </message>
    <message>
        <source>The report cannot be written: {0}</source>
        <translation>Le rapport ne peut pas être écrit&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Adding the devices…</source>
        <translation>Ajout des appareils…</translation>
    </message>
    <message>
        <source>No device is ticked.</source>
        <translation>Aucun appareil n’est coché.</translation>
    </message>
</context>
<context>
    <name>FirstAccount</name>
    <message>
        <source>This site has no administrator yet</source>
        <translation>Ce site n’a pas encore d’administrateur</translation>
    </message>
    <message>
        <source>Everything can be looked at. To write to a device, somebody has to answer for it: create an account.</source>
        <translation>Tout peut être consulté. Pour écrire dans un appareil, il faut que quelqu’un en réponde&#xa0;: créez un compte.</translation>
    </message>
    <message>
        <source>Create the administrator…</source>
        <translation>Créer l’administrateur…</translation>
    </message>
    <message>
        <source>Later, view only</source>
        <translation>Plus tard, consultation seule</translation>
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
    <name>FrameTable</name>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>Sens</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Trame</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Résultat</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>envoyé</translation>
    </message>
    <message>
        <source>received</source>
        <translation>reçu</translation>
    </message>
</context>
<context>
    <name>FramesCard</name>
    <message>
        <source>Filter: bytes, identifier, word</source>
        <translation>Filtrer&#xa0;: octets, identifiant, mot</translation>
    </message>
    <message>
        <source>Filter the frames</source>
        <translation>Filtrer les trames</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Keep these frames on the screen; the line goes on</source>
        <translation>Garder ces trames à l’écran&#xa0;; la liaison continue</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy the selected frames, or all of them</source>
        <translation>Copier les trames choisies, ou toutes</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Trames</translation>
    </message>
    <message>
        <source>Choose a frame to read all of it.</source>
        <translation>Choisissez une trame pour la lire en entier.</translation>
    </message>
    <message>
        <source>This capture holds no frame</source>
        <translation>Cette capture ne contient aucune trame</translation>
    </message>
    <message>
        <source>No frame yet</source>
        <translation>Pas encore de trame</translation>
    </message>
    <message>
        <source>What is said on this line appears here, newest on top.</source>
        <translation>Ce qui se dit sur cette liaison apparaît ici, le plus récent en haut.</translation>
    </message>
    <message>
        <source>Paused, {0} newer</source>
        <translation>En pause, {0} plus récentes</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>{0} lines</source>
        <translation>{0} lignes</translation>
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
    <name>HitsView</name>
    <message>
        <source>No parameter found</source>
        <translation>Aucun paramètre trouvé</translation>
    </message>
    <message>
        <source>Name, help, register and device are searched; fewer words find more.</source>
        <translation>La recherche porte sur le nom, l’aide, le registre et l’appareil&#xa0;; moins de mots en trouvent davantage.</translation>
    </message>
    <message>
        <source>Parameters found</source>
        <translation>Paramètres trouvés</translation>
    </message>
</context>
<context>
    <name>JournalDetail</name>
    <message>
        <source>Line {0}: {1}</source>
        <translation>Ligne {0}&#xa0;: {1}</translation>
    </message>
    <message>
        <source>This line is not the one that was written: it has been changed afterwards.</source>
        <translation>Cette ligne n’est pas celle qui a été écrite&#xa0;: elle a été modifiée après coup.</translation>
    </message>
    <message>
        <source>Put back run {0}…</source>
        <translation>Rétablir les valeurs d’avant l’écriture n° {0}…</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Demandé</translation>
    </message>
    <message>
        <source>Read back</source>
        <translation>Relu</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motif</translation>
    </message>
    <message>
        <source>no. {0}</source>
        <translation>n° {0}</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Appareil</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Liaison</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Registre</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Écriture n°</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Nature</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>Empreinte</translation>
    </message>
    <message>
        <source>Before it</source>
        <translation>Précédente</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Trames</translation>
    </message>
    <message>
        <source>the program</source>
        <translation>le programme</translation>
    </message>
    <message>
        <source>Frame {0}</source>
        <translation>Trame {0}</translation>
    </message>
</context>
<context>
    <name>JournalTab</name>
    <message>
        <source>Filter: name, device, parameter, outcome</source>
        <translation>Filtrer&#xa0;: nom, appareil, paramètre, résultat</translation>
    </message>
    <message>
        <source>Filter the journal</source>
        <translation>Filtrer le journal</translation>
    </message>
    <message>
        <source>Every step</source>
        <translation>Toutes les étapes</translation>
    </message>
    <message>
        <source>Also what was intended, line by line, before its outcome</source>
        <translation>Aussi ce qui était prévu, ligne par ligne, avant son résultat</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Vérifier à nouveau</translation>
    </message>
    <message>
        <source>Read the journal again and go through the whole chain</source>
        <translation>Relire le journal et parcourir toute la chaîne</translation>
    </message>
    <message>
        <source>Older lines</source>
        <translation>Lignes plus anciennes</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Save the whole journal as CSV, with its hashes</source>
        <translation>Enregistrer tout le journal en CSV, avec ses empreintes</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>The journal cannot be read: {0}</source>
        <translation>Le journal ne peut pas être lu&#xa0;: {0}</translation>
    </message>
    <message>
        <source>The values from before are not known any more, or not to be put back.</source>
        <translation>Les valeurs d’avant ne sont plus connues, ou ne peuvent pas être rétablies.</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>Nothing of this site is kept</source>
        <translation>Rien de ce site n’est conservé</translation>
    </message>
    <message>
        <source>Without a database there is no journal, and nothing can be written to a device.</source>
        <translation>Sans base de données il n’y a pas de journal, et rien ne peut être écrit dans un appareil.</translation>
    </message>
    <message>
        <source>Nothing has been written yet</source>
        <translation>Rien n’a encore été écrit</translation>
    </message>
    <message>
        <source>Every write and its outcome will stand here.</source>
        <translation>Chaque écriture et son résultat apparaîtront ici.</translation>
    </message>
    <message>
        <source>{0} of {1} lines</source>
        <translation>{0} lignes sur {1}</translation>
    </message>
    <message>
        <source>And {0} more.</source>
        <translation>Et {0} autres.</translation>
    </message>
    <message>
        <source>Do not rely on the lines in question. Compare with an earlier export, and find out who had the file.</source>
        <translation>Ne vous fiez pas aux lignes en question. Comparez avec un export antérieur, et cherchez qui a eu le fichier entre les mains.</translation>
    </message>
    <message>
        <source>Export the journal</source>
        <translation>Exporter le journal</translation>
    </message>
    <message>
        <source>The journal is saved in {0}</source>
        <translation>Journal enregistré dans {0}</translation>
    </message>
    <message>
        <source>Could not write {0}: {1}</source>
        <translation>Impossible d’écrire {0}&#xa0;: {1}</translation>
    </message>
</context>
<context>
    <name>JournalTable</name>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Appareil</translation>
    </message>
    <message>
        <source>Parameter</source>
        <translation>Paramètre</translation>
    </message>
    <message>
        <source>Old → new</source>
        <translation>Avant → après</translation>
    </message>
    <message>
        <source>Read back</source>
        <translation>Relu</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Résultat</translation>
    </message>
    <message>
        <source>the program</source>
        <translation>le programme</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>personne</translation>
    </message>
    <message>
        <source>altered afterwards</source>
        <translation>modifiée après coup</translation>
    </message>
    <message>
        <source>begun, no outcome kept</source>
        <translation>commencé, sans résultat conservé</translation>
    </message>
</context>
<context>
    <name>LampsCard</name>
    <message>
        <source>What the lamps tell</source>
        <translation>Ce que disent les voyants</translation>
    </message>
    <message>
        <source>Look at the three lamps of the stick and pick what you see.</source>
        <translation>Regardez les trois voyants de la clé et choisissez ce que vous voyez.</translation>
    </message>
    <message>
        <source>The guide names no fault for lamps like these. Restart the stick: hold its button for 5 seconds.</source>
        <translation>Le guide ne cite aucun défaut pour ces voyants. Redémarrez la clé&#xa0;: maintenez son bouton 5 secondes.</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Causes possibles</translation>
    </message>
    <message>
        <source>What to do, in this order</source>
        <translation>À faire, dans cet ordre</translation>
    </message>
    <message>
        <source>Careful: {0}</source>
        <translation>Attention&#xa0;: {0}</translation>
    </message>
    <message>
        <source>The button of the stick</source>
        <translation>Le bouton de la clé</translation>
    </message>
</context>
<context>
    <name>LinkDetail</name>
    <message>
        <source>Reconnect</source>
        <translation>Reconnecter</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Trames</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Liaison</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>Échanges</translation>
    </message>
    <message>
        <source>Devices on this link</source>
        <translation>Appareils de cette liaison</translation>
    </message>
    <message>
        <source>Enter or a double click opens the device</source>
        <translation>Entrée ou un double clic ouvre l’appareil</translation>
    </message>
    <message>
        <source>{0} busy · last 5 minutes</source>
        <translation>Occupée à {0} · 5 dernières minutes</translation>
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
    <name>LinksPage</name>
    <message>
        <source>Links</source>
        <translation>Liaisons</translation>
    </message>
    <message>
        <source>This site has no link yet</source>
        <translation>Ce site n’a pas encore de liaison</translation>
    </message>
    <message>
        <source>Add one in the site file, or let the devices be found.</source>
        <translation>Ajoutez-en une dans le fichier du site, ou faites rechercher les appareils.</translation>
    </message>
</context>
<context>
    <name>MachinesCard</name>
    <message>
        <source>In the site file, set limits_current: true for {0} and false for {1}, then open it again.</source>
        <translation>Dans le fichier du site, mettez limits_current: true pour {0} et false pour {1}, puis rouvrez-le.</translation>
    </message>
    <message>
        <source>Limit {0} through {1} from now on?</source>
        <translation>Limiter désormais {0} par {1}&#xa0;?</translation>
    </message>
    <message>
        <source>{0} then only reads. The site file is changed and opened again.</source>
        <translation>{0} ne fera plus que lire. Le fichier du site est modifié et rouvert.</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Changer</translation>
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
        <source>No site open</source>
        <translation>Aucun site ouvert</translation>
    </message>
    <message>
        <source>Nothing is polled</source>
        <translation>Rien n’est interrogé</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>The lines are being closed and opened again.</source>
        <translation>Les liaisons sont fermées puis rouvertes.</translation>
    </message>
</context>
<context>
    <name>NetworkLine</name>
    <message>
        <source>another range or address: 192.168.1.10-40</source>
        <translation>autre plage ou adresse&#xa0;: 192.168.1.10-40</translation>
    </message>
    <message>
        <source>Modbus TCP, port 502; only this computer’s own networks are searched</source>
        <translation>Modbus TCP, port 502&#x202f;; seuls les réseaux de cet ordinateur sont parcourus</translation>
    </message>
    <message>
        <source>Range of addresses</source>
        <translation>Plage d’adresses</translation>
    </message>
    <message>
        <source>Search this range</source>
        <translation>Parcourir cette plage</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>OrderDesk</name>
    <message>
        <source>{0}: failed, see the log</source>
        <translation>{0}&#xa0;: échec, voir le journal</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}&#xa0;: {1}</translation>
    </message>
</context>
<context>
    <name>OrdersPanel</name>
    <message>
        <source>Read the configuration</source>
        <translation>Lire la configuration</translation>
    </message>
    <message>
        <source>Connector</source>
        <translation>Prise</translation>
    </message>
    <message>
        <source>Badge</source>
        <translation>Badge</translation>
    </message>
    <message>
        <source>This link is read-only: no order is sent. read_only: false in the site file offers them.</source>
        <translation>Cette liaison est en lecture seule&#xa0;: aucun ordre n’est envoyé. read_only: false dans le fichier du site les propose.</translation>
    </message>
    <message>
        <source>No device of the site file names this station: orders need one.</source>
        <translation>Aucun appareil du fichier du site ne nomme cette borne&#xa0;: les ordres en demandent un.</translation>
    </message>
    <message>
        <source>The station is not connected: orders wait until it calls again.</source>
        <translation>La borne n’est pas connectée&#xa0;: pas d’ordre avant son prochain appel.</translation>
    </message>
    <message>
        <source>The configuration is being read; its keys are on the Devices page.</source>
        <translation>La configuration est en cours de lecture&#xa0;; ses clés sont à la page Appareils.</translation>
    </message>
    <message>
        <source>idTag, or the PC’s own when empty</source>
        <translation>idTag&#xa0;; vide&#xa0;: celui du PC</translation>
    </message>
    <message>
        <source>{0}, connector {1}</source>
        <translation>{0}, prise {1}</translation>
    </message>
    <message>
        <source>{0}: {1}?</source>
        <translation>{0}&#xa0;: {1}&#xa0;?</translation>
    </message>
    <message>
        <source>{0}: sent, waiting for the station…</source>
        <translation>{0}&#xa0;: envoyé, la borne n’a pas encore répondu…</translation>
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
    <name>ParameterDetail</name>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Choose a parameter above to read all that is known of it.</source>
        <translation>Choisissez un paramètre ci-dessus pour lire tout ce que l’on en sait.</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Pourquoi</translation>
    </message>
    <message>
        <source>Also touches</source>
        <translation>Agit aussi sur</translation>
    </message>
    <message>
        <source>Danger</source>
        <translation>Danger</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Plage</translation>
    </message>
    <message>
        <source>Factory</source>
        <translation>Usine</translation>
    </message>
    <message>
        <source>Where to set it</source>
        <translation>Où le régler</translation>
    </message>
    <message>
        <source>May change it</source>
        <translation>Peut modifier</translation>
    </message>
    <message>
        <source>from the role {0} on</source>
        <translation>à partir du rôle {0}</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Registre</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>Writes</source>
        <translation>Écritures</translation>
    </message>
    <message>
        <source>none in the public map</source>
        <translation>aucun dans la table publique</translation>
    </message>
    <message>
        <source>inferred, and confirmed on this device</source>
        <translation>déduite, et confirmée sur cet appareil</translation>
    </message>
    <message>
        <source>inferred, to be confirmed on site</source>
        <translation>déduite, à confirmer sur site</translation>
    </message>
    <message>
        <source>documented by the maker</source>
        <translation>documentée par le fabricant</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Signification</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Take the factory value</source>
        <translation>Prendre la valeur d’usine</translation>
    </message>
    <message>
        <source>Take the device’s value</source>
        <translation>Garder la valeur de l’appareil</translation>
    </message>
    <message>
        <source>Give up the edit: what the device holds now stays</source>
        <translation>Abandonner la modification&#xa0;: la valeur actuelle de l’appareil reste</translation>
    </message>
    <message>
        <source>Keep my value</source>
        <translation>Maintenir ma valeur</translation>
    </message>
    <message>
        <source>What the device holds now has been seen; my value is to be written all the same</source>
        <translation>La valeur actuelle de l’appareil a été vue&#xa0;; ma valeur sera écrite malgré tout</translation>
    </message>
    <message>
        <source>Compare and confirm…</source>
        <translation>Comparer et confirmer…</translation>
    </message>
    <message>
        <source>in steps of {0}</source>
        <translation>par pas de {0}</translation>
    </message>
    <message>
        <source>{0} registers</source>
        <translation>{0} registres</translation>
    </message>
    <message>
        <source>written as one block</source>
        <translation>écrit en un seul bloc</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Lu</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Remarque</translation>
    </message>
    <message>
        <source>frame {0}</source>
        <translation>trame {0}</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Mots</translation>
    </message>
</context>
<context>
    <name>ParameterPanel</name>
    <message>
        <source>read {0}</source>
        <translation>lu {0}</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>pas encore lu</translation>
    </message>
    <message>
        <source>Stopped: the values shown are those from before.</source>
        <translation>Interrompu&#xa0;: les valeurs affichées sont celles d’avant.</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>Parameters of the device</source>
        <translation>Paramètres de l’appareil</translation>
    </message>
    <message>
        <source>Nothing may be set here</source>
        <translation>Rien n’est réglable ici</translation>
    </message>
    <message>
        <source>The role that is signed in sees no parameter of this device.</source>
        <translation>Le rôle connecté ne voit aucun paramètre de cet appareil.</translation>
    </message>
    <message>
        <source>{0} of {1} values could not be read: {2}</source>
        <translation>{0} valeurs sur {1} n’ont pas pu être lues&#xa0;: {2}</translation>
    </message>
    <message>
        <source>a fault of the program, see the log</source>
        <translation>une erreur du programme, voir le journal technique</translation>
    </message>
    <message>
        <source>Not read: {0}</source>
        <translation>Non lu&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Export the parameters</source>
        <translation>Exporter les paramètres</translation>
    </message>
    <message>
        <source>Could not write {0}: {1}</source>
        <translation>Impossible d’écrire {0}&#xa0;: {1}</translation>
    </message>
</context>
<context>
    <name>ParameterTools</name>
    <message>
        <source>Check</source>
        <translation>Vérifier</translation>
    </message>
    <message>
        <source>Check 1 write</source>
        <translation>Vérifier 1 écriture</translation>
    </message>
    <message>
        <source>Check {0} writes</source>
        <translation>Vérifier {0} écritures</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>Arrêter la lecture</translation>
    </message>
    <message>
        <source>Read all</source>
        <translation>Lire tout</translation>
    </message>
    <message>
        <source>Find a parameter</source>
        <translation>Chercher un paramètre</translation>
    </message>
    <message>
        <source>Search the parameters of every device</source>
        <translation>Chercher parmi les paramètres de tous les appareils</translation>
    </message>
    <message>
        <source>Details, export, put back</source>
        <translation>Détails, export, rétablissement</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>Details of the parameter</source>
        <translation>Détails du paramètre</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>Exporter en CSV…</translation>
    </message>
    <message>
        <source>Put back the last run…</source>
        <translation>Rétablir les valeurs d’avant la dernière écriture…</translation>
    </message>
    <message>
        <source>Show what would be written, over all devices, before anything is sent</source>
        <translation>Montrer ce qui serait écrit, tous appareils confondus, avant tout envoi</translation>
    </message>
    <message>
        <source>Read every parameter of this device now</source>
        <translation>Lire maintenant tous les paramètres de cet appareil</translation>
    </message>
</context>
<context>
    <name>ParameterTree</name>
    <message>
        <source>Parameter</source>
        <translation>Paramètre</translation>
    </message>
    <message>
        <source>Read in the device</source>
        <translation>Lu dans l’appareil</translation>
    </message>
    <message>
        <source>New value</source>
        <translation>Nouvelle valeur</translation>
    </message>
    <message>
        <source>Range · factory</source>
        <translation>Plage · usine</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Registre</translation>
    </message>
    <message>
        <source>factory {0}</source>
        <translation>usine {0}</translation>
    </message>
    <message>
        <source>did not hold</source>
        <translation>n’a pas tenu</translation>
    </message>
    <message>
        <source>to correct</source>
        <translation>à corriger</translation>
    </message>
    <message>
        <source>not readable</source>
        <translation>illisible</translation>
    </message>
    <message>
        <source>only read</source>
        <translation>lecture seule</translation>
    </message>
    <message>
        <source>to be compared…</source>
        <translation>à comparer…</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>was {0}</source>
        <translation>était {0}</translation>
    </message>
    <message>
        <source>being written</source>
        <translation>en cours d’écriture</translation>
    </message>
    <message>
        <source>changed elsewhere</source>
        <translation>changé ailleurs</translation>
    </message>
    <message>
        <source>to write</source>
        <translation>à écrire</translation>
    </message>
    <message>
        <source>being watched</source>
        <translation>surveillé</translation>
    </message>
    <message>
        <source>inferred</source>
        <translation>déduit</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>pas encore lu</translation>
    </message>
    <message>
        <source>Inferred: the maker does not document it. Compare it on site, then confirm it.</source>
        <translation>Déduit&#xa0;: le fabricant ne le documente pas. Comparez sur site, puis confirmez.</translation>
    </message>
</context>
<context>
    <name>ParameterView</name>
    <message>
        <source>{0} parameters</source>
        <translation>{0} paramètres</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>Nothing of this site is kept, not even accounts: nobody can sign in.</source>
        <translation>Rien n’est conservé pour ce site, pas même les comptes&#xa0;: personne ne peut se connecter.</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Verrouiller</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Se connecter…</translation>
    </message>
    <message>
        <source>Change my password…</source>
        <translation>Changer mon mot de passe…</translation>
    </message>
    <message>
        <source>Accounts…</source>
        <translation>Comptes…</translation>
    </message>
</context>
<context>
    <name>PersonBar</name>
    <message>
        <source>Lock</source>
        <translation>Verrouiller</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
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
        <source>Path</source>
        <translation>Chemin</translation>
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
    <name>RegisterRow</name>
    <message>
        <source>{0}: already so</source>
        <translation>{0}&#xa0;: déjà réglé</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>pas encore lu</translation>
    </message>
</context>
<context>
    <name>ResultStep</name>
    <message>
        <source>Still open</source>
        <translation>Reste à faire</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Résultat</translation>
    </message>
    <message>
        <source>Still open ({0})</source>
        <translation>Reste à faire ({0})</translation>
    </message>
    <message>
        <source>Checks have failed</source>
        <translation>Contrôles en échec</translation>
    </message>
    <message>
        <source>Not complete yet</source>
        <translation>Pas encore complet</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Complet</translation>
    </message>
    <message>
        <source>Note, kept with the result</source>
        <translation>Remarque, conservée avec le résultat</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Remarque</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Begin again</source>
        <translation>Recommencer</translation>
    </message>
    <message>
        <source>Keep the result</source>
        <translation>Enregistrer le résultat</translation>
    </message>
    <message>
        <source>Keep it as it stands</source>
        <translation>Enregistrer en l’état</translation>
    </message>
    <message>
        <source>Wiring</source>
        <translation>Câblage</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>Nothing is recorded for this site, so the result can only be copied.</source>
        <translation>Rien n’est enregistré pour ce site&#xa0;: le résultat peut seulement être copié.</translation>
    </message>
    <message>
        <source>An installer has to be signed in to keep the result.</source>
        <translation>Un installateur doit être connecté pour enregistrer le résultat.</translation>
    </message>
    <message>
        <source>Writing it into the journal…</source>
        <translation>Inscription au journal…</translation>
    </message>
    <message>
        <source>It goes into the journal of the site, with every reading that led to it.</source>
        <translation>Il va dans le journal du site, avec chaque mesure qui y a conduit.</translation>
    </message>
</context>
<context>
    <name>ResultsCard</name>
    <message>
        <source>1 device answers</source>
        <translation>1 appareil répond</translation>
    </message>
    <message>
        <source>{0} devices answer</source>
        <translation>{0} appareils répondent</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>encore {0}</translation>
    </message>
    <message>
        <source>What answers</source>
        <translation>Ce qui répond</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Everything that was tried and what came of it, as a text file</source>
        <translation>Tout ce qui a été essayé et ce qui en est sorti, en fichier texte</translation>
    </message>
    <message>
        <source>1 device is ticked</source>
        <translation>1 appareil est coché</translation>
    </message>
    <message>
        <source>{0} devices are ticked</source>
        <translation>{0} appareils sont cochés</translation>
    </message>
</context>
<context>
    <name>ReviewView</name>
    <message>
        <source>Back</source>
        <translation>Revenir</translation>
    </message>
    <message>
        <source>Back to editing: the edits stay, nothing is sent</source>
        <translation>Revenir aux modifications&#xa0;: elles restent, rien n’est envoyé</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motif</translation>
    </message>
    <message>
        <source>already so: nothing will be written</source>
        <translation>déjà ainsi&#xa0;: rien ne sera écrit</translation>
    </message>
    <message>
        <source>The device tells no value now: what is replaced is not known and cannot be put back.</source>
        <translation>L’appareil n’indique aucune valeur actuellement&#xa0;: ce qui est remplacé n’est pas connu et ne pourra pas être rétabli.</translation>
    </message>
    <message>
        <source>Check before putting back</source>
        <translation>Vérifier avant de rétablir</translation>
    </message>
    <message>
        <source>Check before writing</source>
        <translation>Vérifier avant d’écrire</translation>
    </message>
    <message>
        <source>Required, kept in the journal</source>
        <translation>Obligatoire, conservé au journal</translation>
    </message>
    <message>
        <source>Kept in the journal</source>
        <translation>Conservé au journal</translation>
    </message>
    <message>
        <source>Put back and prove</source>
        <translation>Rétablir et prouver</translation>
    </message>
    <message>
        <source>Send the order</source>
        <translation>Envoyer l’ordre</translation>
    </message>
    <message>
        <source>Write and prove</source>
        <translation>Écrire et prouver</translation>
    </message>
    <message>
        <source>Nothing can be written as long as a line is refused.</source>
        <translation>Rien ne peut être écrit tant qu’une ligne est refusée.</translation>
    </message>
    <message>
        <source>The devices hold these values already: there is nothing to write.</source>
        <translation>Les appareils ont déjà ces valeurs&#xa0;: il n’y a rien à écrire.</translation>
    </message>
    <message>
        <source>Dangerous: give the reason and confirm what you have checked.</source>
        <translation>Dangereux&#xa0;: indiquez le motif et confirmez ce que vous avez vérifié.</translation>
    </message>
    <message>
        <source>An order is sent once. It cannot be read back, nor undone.</source>
        <translation>Un ordre est envoyé une seule fois. Il ne peut être ni relu, ni annulé.</translation>
    </message>
    <message>
        <source>Each value is read, written, read back, then watched for 15 minutes. Can be undone.</source>
        <translation>Chaque valeur est lue, écrite, relue, puis surveillée 15 minutes. Annulable.</translation>
    </message>
</context>
<context>
    <name>RunView</name>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Begin no further line; what is on its way is still proven</source>
        <translation>Ne plus commencer de ligne&#xa0;; celle en cours est encore prouvée</translation>
    </message>
    <message>
        <source>Run {0}</source>
        <translation>Écriture n° {0}</translation>
    </message>
    <message>
        <source>One after the other; each is proven before the next begins.</source>
        <translation>L’une après l’autre&#xa0;; chacune est prouvée avant la suivante.</translation>
    </message>
    <message>
        <source>Put back what was written</source>
        <translation>Rétablir ce qui a été écrit</translation>
    </message>
    <message>
        <source>Put back…</source>
        <translation>Rétablir…</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>Laisser ainsi</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>ScreenRow</name>
    <message>
        <source>{0} (where it applies)</source>
        <translation>{0} (s’il y a lieu)</translation>
    </message>
    <message>
        <source>→ choose: {0}</source>
        <translation>→ choisir&#xa0;: {0}</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Opening {0}…</source>
        <translation>Ouverture de {0}…</translation>
    </message>
    <message>
        <source>Closing…</source>
        <translation>Fermeture…</translation>
    </message>
    <message>
        <source>{0} could not be opened</source>
        <translation>Ouverture impossible&#xa0;: {0}</translation>
    </message>
    <message>
        <source>The site was not changed</source>
        <translation>Le site n’a pas été modifié</translation>
    </message>
    <message>
        <source>Accepting {0}…</source>
        <translation>Acceptation de {0}…</translation>
    </message>
    <message>
        <source>Set at the station {0}: user {0}, password {1} (Basic authentication). It is refused until then. The password stands in the site file.</source>
        <translation>À régler dans la borne {0}&#xa0;: utilisateur {0}, mot de passe {1} (authentification Basic). Elle est refusée jusque-là. Le mot de passe figure dans le fichier du site.</translation>
    </message>
    <message>
        <source>Changing what limits the current…</source>
        <translation>Changement de ce qui limite le courant…</translation>
    </message>
    <message>
        <source>Taking the serial number {0}…</source>
        <translation>Prise en compte du numéro de série {0}…</translation>
    </message>
    <message>
        <source>Remembering it for this site…</source>
        <translation>Mémorisation pour ce site…</translation>
    </message>
    <message>
        <source>Opening the link for writing…</source>
        <translation>Ouverture de la liaison à l’écriture…</translation>
    </message>
    <message>
        <source>Making the link read-only…</source>
        <translation>Passage de la liaison en lecture seule…</translation>
    </message>
    <message>
        <source>The demonstration keeps nothing: the change lasts until it is closed.</source>
        <translation>La démonstration ne garde rien&#xa0;: le changement dure jusqu’à sa fermeture.</translation>
    </message>
</context>
<context>
    <name>SettingsStep</name>
    <message>
        <source>Over the link</source>
        <translation>Par la liaison</translation>
    </message>
    <message>
        <source>On the inverter&apos;s own screen</source>
        <translation>Sur l’écran de l’onduleur</translation>
    </message>
    <message>
        <source>Read now</source>
        <translation>Lire maintenant</translation>
    </message>
    <message>
        <source>Into the parameter panel ({0})</source>
        <translation>Vers les paramètres ({0})</translation>
    </message>
    <message>
        <source>Nothing to write</source>
        <translation>Rien à écrire</translation>
    </message>
    <message>
        <source>They go to the parameter panel of the device, where they are checked, written and proven.</source>
        <translation>Ces valeurs vont dans les paramètres de l’appareil, où elles sont vérifiées, écrites et prouvées.</translation>
    </message>
    <message>
        <source>The device already holds what this configuration needs.</source>
        <translation>L’appareil a déjà ce que demande cette configuration.</translation>
    </message>
    <message>
        <source>In the inverter: not read yet</source>
        <translation>Dans l’onduleur&#xa0;: pas encore lu</translation>
    </message>
    <message>
        <source>In the inverter: {0}, as it has to be</source>
        <translation>Dans l’onduleur&#xa0;: {0}, comme il faut</translation>
    </message>
    <message>
        <source>In the inverter: {0}, which is not what is needed</source>
        <translation>Dans l’onduleur&#xa0;: {0}, ce n’est pas ce qu’il faut</translation>
    </message>
</context>
<context>
    <name>SiteDelegate</name>
    <message>
        <source>file cannot be read</source>
        <translation>fichier illisible</translation>
    </message>
    <message>
        <source>You are here</source>
        <translation>Vous êtes ici</translation>
    </message>
    <message>
        <source>opened {0}</source>
        <translation>ouvert {0}</translation>
    </message>
</context>
<context>
    <name>SiteForm</name>
    <message>
        <source>The new site</source>
        <translation>Le nouveau site</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Supply</source>
        <translation>Alimentation</translation>
    </message>
    <message>
        <source>Contract</source>
        <translation>Puissance souscrite</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Ferme des Tilleuls</source>
        <translation>Ferme des Tilleuls</translation>
    </message>
    <message>
        <source>Single-phase</source>
        <translation>Monophasé</translation>
    </message>
    <message>
        <source>Three-phase</source>
        <translation>Triphasé</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Parcourir…</translation>
    </message>
    <message>
        <source>Create the site</source>
        <translation>Créer le site</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>A YAML file with comments, which can be edited by hand. Every link in it is read-only at first.</source>
        <translation>Un fichier YAML commenté, modifiable à la main. Chaque liaison y est d’abord en lecture seule.</translation>
    </message>
    <message>
        <source>This file exists already: choose another name or another file.</source>
        <translation>Ce fichier existe déjà&#xa0;: choisissez un autre nom ou un autre fichier.</translation>
    </message>
    <message>
        <source>Where to save the site</source>
        <translation>Où enregistrer le site</translation>
    </message>
    <message>
        <source>Site files (*.yaml *.yml)</source>
        <translation>Fichiers de site (*.yaml *.yml)</translation>
    </message>
</context>
<context>
    <name>SiteList</name>
    <message>
        <source>You are here</source>
        <translation>Vous êtes ici</translation>
    </message>
</context>
<context>
    <name>SnapshotList</name>
    <message>
        <source>{0}: {1} read, {2} not</source>
        <translation>{0}&#xa0;: {1} lues, {2} non lues</translation>
    </message>
</context>
<context>
    <name>SnapshotListCard</name>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}&#xa0;: {1}</translation>
    </message>
    <message>
        <source>No “as found” yet: {0}</source>
        <translation>Pas encore d’état trouvé&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>Relevés</translation>
    </message>
    <message>
        <source>Take now</source>
        <translation>Relever</translation>
    </message>
    <message>
        <source>As left</source>
        <translation>État laissé</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>Relevé manuel</translation>
    </message>
    <message>
        <source>Take it now</source>
        <translation>Relever maintenant</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>On the left</source>
        <translation>À gauche</translation>
    </message>
    <message>
        <source>On the right</source>
        <translation>À droite</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Ouvrir…</translation>
    </message>
    <message>
        <source>Compare with a snapshot of another site or a reference file of the company</source>
        <translation>Comparer à un relevé d’un autre site ou à un fichier de référence de l’entreprise</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>Copier vers…</translation>
    </message>
    <message>
        <source>Snapshots of this site</source>
        <translation>Relevés de ce site</translation>
    </message>
    <message>
        <source>This needs the role {0}.</source>
        <translation>Le rôle {0} est nécessaire.</translation>
    </message>
    <message>
        <source>Read every parameter of every device, at the end of the work</source>
        <translation>Lire tous les paramètres de tous les appareils, en fin d’intervention</translation>
    </message>
    <message>
        <source>Read every parameter of every device, at any time</source>
        <translation>Lire tous les paramètres de tous les appareils, à tout moment</translation>
    </message>
    <message>
        <source>Read the devices of which nothing was kept at their first connection</source>
        <translation>Lire les appareils dont rien n’a été conservé à la première connexion</translation>
    </message>
    <message>
        <source>Save this snapshot elsewhere</source>
        <translation>Enregistrer ce relevé ailleurs</translation>
    </message>
    <message>
        <source>No snapshot yet</source>
        <translation>Aucun relevé</translation>
    </message>
    <message>
        <source>At the first connection of a device, what is set in it is kept by itself.</source>
        <translation>À la première connexion d’un appareil, ses réglages sont relevés et conservés automatiquement.</translation>
    </message>
    <message>
        <source>Nothing of this site is kept</source>
        <translation>Rien n’est conservé pour ce site</translation>
    </message>
    <message>
        <source>Files can still be opened, and compared with the devices as they are now.</source>
        <translation>Des fichiers peuvent tout de même être ouverts et comparés à l’état actuel des appareils.</translation>
    </message>
</context>
<context>
    <name>SnapshotsTab</name>
    <message>
        <source>Saved as {0}.</source>
        <translation>Enregistré sous {0}.</translation>
    </message>
    <message>
        <source>Values left out, because this role does not see them: {0}.</source>
        <translation>Valeurs non copiées, car ce rôle ne les voit pas&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}&#xa0;: {1}</translation>
    </message>
    <message>
        <source>Not read: {0}</source>
        <translation>Non lu&#xa0;: {0}</translation>
    </message>
    <message>
        <source>{0} kept: {1} values read.</source>
        <translation>{0} conservé&#xa0;: {1} valeurs lues.</translation>
    </message>
    <message>
        <source>{0} was not saved: {1}</source>
        <translation>{0} n’a pas été enregistré&#xa0;: {1}</translation>
    </message>
    <message>
        <source>Open a snapshot</source>
        <translation>Ouvrir un relevé</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>Enregistrer une copie</translation>
    </message>
    <message>
        <source>Export the comparison</source>
        <translation>Exporter la comparaison</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>{0} is open; opening another site closes it</source>
        <translation>{0} est ouvert&#x202f;; ouvrir un autre site le ferme</translation>
    </message>
    <message>
        <source>No site is open. Nothing is polled before you open one</source>
        <translation>Aucun site n’est ouvert. Rien n’est interrogé avant d’en ouvrir un</translation>
    </message>
    <message>
        <source>Known sites</source>
        <translation>Sites connus</translation>
    </message>
    <message>
        <source>No site was opened on this computer yet</source>
        <translation>Aucun site n’a encore été ouvert sur cet ordinateur</translation>
    </message>
    <message>
        <source>Find the devices around you, open a site file, or look at the demonstration.</source>
        <translation>Recherchez les appareils alentour, ouvrez un fichier de site ou regardez la démonstration.</translation>
    </message>
    <message>
        <source>Find devices…</source>
        <translation>Rechercher des appareils…</translation>
    </message>
    <message>
        <source>Looks at serial ports and networks after you have said where, and makes a site of what answers.</source>
        <translation>Parcourt les ports série et les réseaux que vous indiquez, et fait un site de ce qui répond.</translation>
    </message>
    <message>
        <source>Open a site file…</source>
        <translation>Ouvrir un fichier de site…</translation>
    </message>
    <message>
        <source>A YAML file that names the links and the devices.</source>
        <translation>Un fichier YAML qui nomme les liaisons et les appareils.</translation>
    </message>
    <message>
        <source>Demonstration</source>
        <translation>Démonstration</translation>
    </message>
    <message>
        <source>A farm with sun, battery and vehicles, simulated on this computer.</source>
        <translation>Une ferme avec soleil, batterie et véhicules, simulée sur cet ordinateur.</translation>
    </message>
    <message>
        <source>Close this site</source>
        <translation>Fermer ce site</translation>
    </message>
    <message>
        <source>Open a site file</source>
        <translation>Ouvrir un fichier de site</translation>
    </message>
    <message>
        <source>Site files (*.yaml *.yml)</source>
        <translation>Fichiers de site (*.yaml *.yml)</translation>
    </message>
</context>
<context>
    <name>StationsCard</name>
    <message>
        <source>Charging stations on this line</source>
        <translation>Bornes de recharge de cette liaison</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy the address that the station must call</source>
        <translation>Copier l’adresse que la borne doit appeler</translation>
    </message>
    <message>
        <source>No station has called yet. Give this address to the station, with its identity at the end.</source>
        <translation>Aucune borne n’a encore appelé. Donnez cette adresse à la borne, suivie de son identité.</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Acceptée</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>pas encore</translation>
    </message>
    <message>
        <source>Calls from</source>
        <translation>Appelle de</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Numéro de série</translation>
    </message>
    <message>
        <source>Firmware</source>
        <translation>Micrologiciel</translation>
    </message>
    <message>
        <source>Connectors</source>
        <translation>Prises</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>Functions</source>
        <translation>Fonctions</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motif</translation>
    </message>
    <message>
        <source>Connector {0}</source>
        <translation>Prise {0}</translation>
    </message>
    <message>
        <source>No charge is running.</source>
        <translation>Aucune charge en cours.</translation>
    </message>
</context>
<context>
    <name>StickCard</name>
    <message>
        <source>The stick says {0}. Write it into the link’s address: serial={0}</source>
        <translation>La clé annonce {0}. Écrivez-le dans l’adresse de la liaison&#xa0;: serial={0}</translation>
    </message>
    <message>
        <source>SOLARMAN stick</source>
        <translation>Clé SOLARMAN</translation>
    </message>
    <message>
        <source>Diagnose the stick…</source>
        <translation>Diagnostiquer la clé…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>L’utiliser</translation>
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
        <source>The frame holds what is secret: it is not shown.</source>
        <translation>La trame contient un secret&#xa0;: elle n’est pas montrée.</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>Identifiant</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Données</translation>
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
    <name>WaitingRow</name>
    <message>
        <source>Accept</source>
        <translation>Accepter</translation>
    </message>
    <message>
        <source>A station waits: {0}</source>
        <translation>Une borne attend&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Accept {0}</source>
        <translation>Accepter {0}</translation>
    </message>
</context>
<context>
    <name>WallboxesPanel</name>
    <message>
        <source>Orders to a wallbox</source>
        <translation>Ordres à une borne</translation>
    </message>
    <message>
        <source>Wallbox</source>
        <translation>Borne</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Mode</translation>
    </message>
    <message>
        <source>Slot of the card</source>
        <translation>Emplacement du badge</translation>
    </message>
    <message>
        <source>Current limit in A</source>
        <translation>Limite de courant en A</translation>
    </message>
    <message>
        <source>The current is no number.</source>
        <translation>Le courant n’est pas un nombre.</translation>
    </message>
    <message>
        <source>From then on commands go out to it in a cycle, until “Lead it no more” or “Stop transmitting”.</source>
        <translation>Dès lors, des commandes lui sont envoyées en continu, jusqu’à «&#xa0;Ne plus la piloter&#xa0;» ou «&#xa0;Arrêter l’émission&#xa0;».</translation>
    </message>
    <message>
        <source>{0}: sent, waiting for the wallbox…</source>
        <translation>{0}&#xa0;: envoyé, en attente de la borne…</translation>
    </message>
    <message>
        <source>{0}?</source>
        <translation>{0}&#x202f;?</translation>
    </message>
</context>
<context>
    <name>WatchStrip</name>
    <message>
        <source>One by one</source>
        <translation>Une par une</translation>
    </message>
    <message>
        <source>Show each watched value</source>
        <translation>Montrer chaque valeur surveillée</translation>
    </message>
    <message>
        <source>Write again</source>
        <translation>Réécrire</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>Ne plus surveiller</translation>
    </message>
</context>
<context>
    <name>WayRow</name>
    <message>
        <source>reads only</source>
        <translation>lit seulement</translation>
    </message>
    <message>
        <source>would limit the current, but its link is read-only</source>
        <translation>limiterait le courant, mais sa liaison est en lecture seule</translation>
    </message>
    <message>
        <source>would limit the current, but its bus listens only</source>
        <translation>limiterait le courant, mais son bus écoute seulement</translation>
    </message>
    <message>
        <source>limits the current</source>
        <translation>limite le courant</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Choisir</translation>
    </message>
    <message>
        <source>Limit the current through {0}</source>
        <translation>Limiter le courant par {0}</translation>
    </message>
</context>
<context>
    <name>WhereCard</name>
    <message>
        <source>Where to look</source>
        <translation>Où chercher</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Actualiser</translation>
    </message>
    <message>
        <source>After an adapter was plugged in or a network joined</source>
        <translation>Après avoir branché un adaptateur ou rejoint un réseau</translation>
    </message>
    <message>
        <source>Serial ports (RS485)</source>
        <translation>Ports série (RS485)</translation>
    </message>
    <message>
        <source>No serial port: plug an adapter in, then look again.</source>
        <translation>Aucun port série&#xa0;: branchez un adaptateur, puis actualisez.</translation>
    </message>
    <message>
        <source>Networks (Modbus TCP, port 502)</source>
        <translation>Réseaux (Modbus TCP, port 502)</translation>
    </message>
    <message>
        <source>This computer is in no network.</source>
        <translation>Cet ordinateur n’est sur aucun réseau.</translation>
    </message>
    <message>
        <source>SOLARMAN sticks</source>
        <translation>Clés SOLARMAN</translation>
    </message>
    <message>
        <source>This computer has joined the Wi-Fi of the stick {0} itself.</source>
        <translation>Cet ordinateur a rejoint le Wi-Fi de la clé {0} elle-même.</translation>
    </message>
    <message>
        <source>Call them on these networks (UDP 48899)</source>
        <translation>Les appeler sur ces réseaux (UDP 48899)</translation>
    </message>
    <message>
        <source>CAN adapters</source>
        <translation>Adaptateurs CAN</translation>
    </message>
    <message>
        <source>Listened to only; nothing is sent.</source>
        <translation>Écoute seule&#xa0;: rien n’est envoyé.</translation>
    </message>
    <message>
        <source>No CAN adapter was found.</source>
        <translation>Aucun adaptateur CAN trouvé.</translation>
    </message>
    <message>
        <source>Charging stations (OCPP 1.6J)</source>
        <translation>Bornes de recharge (OCPP 1.6J)</translation>
    </message>
    <message>
        <source>They call this computer: set ws:// and this address at the station. None is accepted by that.</source>
        <translation>Elles appellent cet ordinateur&#xa0;: réglez ws:// et cette adresse dans la borne. Aucune n’est acceptée pour autant.</translation>
    </message>
    <message>
        <source>Wait for them</source>
        <translation>Les attendre</translation>
    </message>
    <message>
        <source>Address to wait at</source>
        <translation>Adresse d’attente</translation>
    </message>
    <message>
        <source>9600 and 19200, N and E</source>
        <translation>9600 et 19200, N et E</translation>
    </message>
    <message>
        <source>every speed and parity (slow)</source>
        <translation>toutes les vitesses et parités (long)</translation>
    </message>
    <message>
        <source>Speeds</source>
        <translation>Vitesses</translation>
    </message>
    <message>
        <source>{0} or {1}</source>
        <translation>{0} ou {1}</translation>
    </message>
    <message>
        <source>Speed of the CAN bus</source>
        <translation>Vitesse du bus CAN</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>Adresses</translation>
    </message>
    <message>
        <source>Numbers from 1 to 247, for example 1-10 or 1, 5, 32</source>
        <translation>Nombres de 1 à 247, par exemple 1-10 ou 1, 5, 32</translation>
    </message>
</context>
<context>
    <name>WiringStep</name>
    <message>
        <source>Wiring</source>
        <translation>Câblage</translation>
    </message>
    <message>
        <source>Before switching on</source>
        <translation>Avant la mise sous tension</translation>
    </message>
    <message>
        <source>CT (cable under 5 m)</source>
        <translation>Tore (câble &lt; 5&#x202f;m)</translation>
    </message>
    <message>
        <source>Meter (beyond 5 m)</source>
        <translation>Compteur (&gt; 5&#x202f;m)</translation>
    </message>
</context>
<context>
    <name>WriteCard</name>
    <message>
        <source>A run is under way: wait for its end, or stop it.</source>
        <translation>Une écriture est en cours&#xa0;: attendez sa fin, ou arrêtez-la.</translation>
    </message>
</context>
<context>
    <name>WritingCard</name>
    <message>
        <source>Writing</source>
        <translation>Écriture</translation>
    </message>
    <message>
        <source>read_only in the site file decides.</source>
        <translation>C’est read_only, dans le fichier du site, qui en décide.</translation>
    </message>
    <message>
        <source>Read-only: nothing can be written to the devices of this link, whoever is signed in.</source>
        <translation>Lecture seule&#xa0;: rien ne peut être écrit dans les appareils de cette liaison, quelle que soit la personne connectée.</translation>
    </message>
    <message>
        <source>Open for writing: every change is reviewed, read back and written into the journal.</source>
        <translation>Ouverte à l’écriture&#xa0;: chaque modification est vérifiée, relue et inscrite au journal.</translation>
    </message>
    <message>
        <source>Allow writing…</source>
        <translation>Autoriser l’écriture…</translation>
    </message>
    <message>
        <source>Make it read-only</source>
        <translation>Repasser en lecture seule</translation>
    </message>
    <message>
        <source>Open {0} for writing?</source>
        <translation>Ouvrir {0} à l’écriture&#x202f;?</translation>
    </message>
    <message>
        <source>Parameters of its devices can then be changed, by those whose role allows it.</source>
        <translation>Les paramètres de ses appareils pourront alors être modifiés, par ceux dont le rôle le permet.</translation>
    </message>
    <message>
        <source>The site is started again with the link open. It stays open until you close it.</source>
        <translation>Le site redémarre avec la liaison ouverte. Elle le reste jusqu’à ce que vous la refermiez.</translation>
    </message>
    <message>
        <source>Open for writing</source>
        <translation>Ouvrir à l’écriture</translation>
    </message>
</context>
<context>
    <name>about</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licence</translation>
    </message>
</context>
<context>
    <name>app</name>
    <message>
        <source>the demonstration</source>
        <translation>la démonstration</translation>
    </message>
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
    <name>capture</name>
    <message>
        <source>saved {0} by Wattelier {1}</source>
        <translation>enregistré le {0} par Wattelier {1}</translation>
    </message>
    <message>
        <source>{0}, {1} to {2}</source>
        <translation>le {0} de {1} à {2}</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>du {0} au {1}</translation>
    </message>
    <message>
        <source>1 exchange</source>
        <translation>1 échange</translation>
    </message>
    <message>
        <source>{0} exchanges</source>
        <translation>{0} échanges</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>et {0} de plus</translation>
    </message>
    <message>
        <source>The file was changed after it was written. Lines left out that are no exchange: {0}.</source>
        <translation>Le fichier a été modifié après son écriture. Lignes écartées, qui ne sont pas des échanges&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>The file was cut off: what came after these exchanges is missing.</source>
        <translation>Le fichier est tronqué&#xa0;: la suite de ces échanges manque.</translation>
    </message>
    <message>
        <source>The file was changed after it was written.</source>
        <translation>Le fichier a été modifié après son écriture.</translation>
    </message>
</context>
<context>
    <name>cfg</name>
    <message>
        <source>{0} in {1} settings told</source>
        <translation>{0} sur {1} réglages donnés</translation>
    </message>
    <message>
        <source>1 setting is for a higher role than yours.</source>
        <translation>1 réglage est réservé à un rôle supérieur au vôtre.</translation>
    </message>
    <message>
        <source>{0} settings are for people who are signed in.</source>
        <translation>{0} réglages sont réservés aux personnes connectées.</translation>
    </message>
    <message>
        <source>{0} settings are for a higher role than yours.</source>
        <translation>{0} réglages sont réservés à un rôle supérieur au vôtre.</translation>
    </message>
    <message>
        <source>{0} lines kept that are no settings</source>
        <translation>{0} lignes conservées qui ne sont pas des réglages</translation>
    </message>
    <message>
        <source>1 line kept that is no setting</source>
        <translation>1 ligne conservée qui n’est pas un réglage</translation>
    </message>
    <message>
        <source>no difference</source>
        <translation>aucune différence</translation>
    </message>
    <message>
        <source>1 difference</source>
        <translation>1 différence</translation>
    </message>
    <message>
        <source>{0} differences</source>
        <translation>{0} différences</translation>
    </message>
    <message>
        <source>mixed line ends</source>
        <translation>fins de ligne mélangées</translation>
    </message>
    <message>
        <source>Before the first heading</source>
        <translation>Avant le premier titre</translation>
    </message>
    <message>
        <source>Without a heading</source>
        <translation>Sans titre</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vide</translation>
    </message>
    <message>
        <source>at most {0} characters</source>
        <translation>{0} caractères au plus</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>un nombre entier</translation>
    </message>
    <message>
        <source>kept as it is</source>
        <translation>conservé tel quel</translation>
    </message>
    <message>
        <source>not in the manual</source>
        <translation>absent du manuel</translation>
    </message>
    <message>
        <source>stands twice</source>
        <translation>en double</translation>
    </message>
    <message>
        <source>codes not published</source>
        <translation>codes non publiés</translation>
    </message>
    <message>
        <source>not to be changed</source>
        <translation>à ne pas modifier</translation>
    </message>
    <message>
        <source>limits not known</source>
        <translation>limites inconnues</translation>
    </message>
    <message>
        <source>known by its name</source>
        <translation>connu par son nom</translation>
    </message>
    <message>
        <source>another role</source>
        <translation>autre rôle requis</translation>
    </message>
    <message>
        <source>same</source>
        <translation>identique</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>différent</translation>
    </message>
    <message>
        <source>only on the left</source>
        <translation>à gauche seulement</translation>
    </message>
    <message>
        <source>only on the right</source>
        <translation>à droite seulement</translation>
    </message>
    <message>
        <source>same secret</source>
        <translation>même secret</translation>
    </message>
    <message>
        <source>other secret</source>
        <translation>autre secret</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>non donné</translation>
    </message>
    <message>
        <source>Protection of wiring or people: check cable, breaker and ventilation before the import.</source>
        <translation>Protection du câblage ou des personnes&#xa0;: vérifiez câble, disjoncteur et ventilation avant l’import.</translation>
    </message>
    <message>
        <source>With a wrong value the station may be out of reach: note how to get to it without the network.</source>
        <translation>Avec une valeur fausse, la borne peut devenir injoignable&#xa0;: prévoyez comment y accéder sans le réseau.</translation>
    </message>
    <message>
        <source>not known: neither the manual nor other sources list this key</source>
        <translation>inconnue&#xa0;: ni le manuel ni d’autres sources ne citent cette clé</translation>
    </message>
    <message>
        <source>documented</source>
        <translation>documentée</translation>
    </message>
    <message>
        <source>inferred from its name</source>
        <translation>déduite de son nom</translation>
    </message>
    <message>
        <source>inferred</source>
        <translation>déduite</translation>
    </message>
</context>
<context>
    <name>commissioning</name>
    <message>
        <source>Couplings</source>
        <translation>Couplages</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>Relevés</translation>
    </message>
    <message>
        <source>EVlink files</source>
        <translation>Fichiers EVlink</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
</context>
<context>
    <name>couplings</name>
    <message>
        <source>done on {0}</source>
        <translation>fait le {0}</translation>
    </message>
    <message>
        <source>done on {0} by {1}</source>
        <translation>fait le {0} par {1}</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>complet</translation>
    </message>
    <message>
        <source>with open points</source>
        <translation>avec des points ouverts</translation>
    </message>
    <message>
        <source>with failed checks</source>
        <translation>avec des contrôles en échec</translation>
    </message>
    <message>
        <source>to do</source>
        <translation>à faire</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>réussi</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>en échec</translation>
    </message>
    <message>
        <source>inconclusive</source>
        <translation>non concluant</translation>
    </message>
    <message>
        <source>from the maker&apos;s guide</source>
        <translation>selon le guide du fabricant</translation>
    </message>
    <message>
        <source>inferred: to be confirmed on site</source>
        <translation>déduit&#xa0;: à confirmer sur site</translation>
    </message>
    <message>
        <source>{0} Nothing was judged.</source>
        <translation>{0} Rien n’a été jugé.</translation>
    </message>
    <message>
        <source>When {0} was switched, the import rose by {1}: the measurement is the right way round.</source>
        <translation>La commutation de {0} a fait monter le soutirage de {1}&#xa0;: la mesure est dans le bon sens.</translation>
    </message>
    <message>
        <source>When {0} was switched, the import fell by {1}: the measurement is the wrong way round.</source>
        <translation>La commutation de {0} a fait baisser le soutirage de {1}&#xa0;: la mesure est à l’envers.</translation>
    </message>
    <message>
        <source>When {0} was switched, the import moved by {1} only: the load was not switched, or it is not behind this measurement.</source>
        <translation>La commutation de {0} n’a fait bouger le soutirage que de {1}&#xa0;: la charge n’a pas été commutée, ou elle n’est pas en aval de cette mesure.</translation>
    </message>
    <message>
        <source>When {0} was switched, the import moved by {1}, which does not fit: another power, another load meanwhile, or a wrong ratio of the CT.</source>
        <translation>La commutation de {0} a fait bouger le soutirage de {1}, ce qui ne correspond pas&#xa0;: autre puissance, autre charge entre-temps, ou mauvais rapport du tore.</translation>
    </message>
    <message>
        <source>The battery supplied {0} of the {1} that were switched, so the grid shows nothing: open the breaker of the battery and do it again.</source>
        <translation>La batterie a fourni {0} des {1} commutés, le réseau ne montre donc rien&#xa0;: ouvrez le disjoncteur de la batterie et recommencez.</translation>
    </message>
    <message>
        <source>Everything was right over the whole check.</source>
        <translation>Tout était bon pendant tout le contrôle.</translation>
    </message>
    <message>
        <source>A condition was not met.</source>
        <translation>Une condition n’est pas remplie.</translation>
    </message>
    <message>
        <source>The values were right at times and wrong at times: wait until they are steady.</source>
        <translation>Les valeurs étaient tantôt bonnes, tantôt mauvaises&#xa0;: attendez qu’elles soient stables.</translation>
    </message>
    <message>
        <source>Not enough fresh readings came: is the link up, and is it quick enough?</source>
        <translation>Trop peu de mesures récentes sont arrivées&#xa0;: la liaison est-elle établie et assez rapide&#x202f;?</translation>
    </message>
    <message>
        <source>Some readings were stale, bad or unknown, so nothing follows from them.</source>
        <translation>Certaines mesures étaient anciennes, mauvaises ou inconnues&#xa0;: on ne peut rien en conclure.</translation>
    </message>
    <message>
        <source>What had to be switched was not switched in time.</source>
        <translation>Ce qui devait être commuté ne l’a pas été à temps.</translation>
    </message>
    <message>
        <source>Stopped before there was a result.</source>
        <translation>Arrêté avant tout résultat.</translation>
    </message>
    <message>
        <source>The measurement follows the loads.</source>
        <translation>La mesure suit les charges.</translation>
    </message>
    <message>
        <source>The measurement read exactly 0 all the time.</source>
        <translation>La mesure est restée exactement à 0.</translation>
    </message>
    <message>
        <source>The measurement hardly moved: switch a larger load meanwhile.</source>
        <translation>La mesure a à peine bougé&#xa0;: commutez une charge plus forte pendant l’essai.</translation>
    </message>
    <message>
        <source>The measurement is the right way round.</source>
        <translation>La mesure est dans le bon sens.</translation>
    </message>
    <message>
        <source>The measurement is the wrong way round.</source>
        <translation>La mesure est à l’envers.</translation>
    </message>
    <message>
        <source>The import did not follow the load.</source>
        <translation>Le soutirage n’a pas suivi la charge.</translation>
    </message>
    <message>
        <source>The import moved by something else than the load.</source>
        <translation>Le soutirage a bougé d’autre chose que la charge.</translation>
    </message>
    <message>
        <source>The battery supplied the load, so the grid shows nothing.</source>
        <translation>La batterie a alimenté la charge, le réseau ne montre donc rien.</translation>
    </message>
    <message>
        <source>The solar production changed meanwhile: cover the PV, or wait for a steady sky.</source>
        <translation>La production solaire a changé entre-temps&#xa0;: masquez le PV ou attendez un ciel stable.</translation>
    </message>
    <message>
        <source>Other loads were switched meanwhile: keep them still and do it again.</source>
        <translation>D’autres charges ont commuté entre-temps&#xa0;: laissez-les tranquilles et recommencez.</translation>
    </message>
    <message>
        <source>The figures are right, but the inverter itself reports a reversed CT (W28): look at its screen.</source>
        <translation>Les chiffres sont bons, mais l’onduleur lui-même signale un tore inversé (W28)&#xa0;: regardez son écran.</translation>
    </message>
    <message>
        <source>Power switched</source>
        <translation>Puissance commutée</translation>
    </message>
    <message>
        <source>Grid before</source>
        <translation>Réseau avant</translation>
    </message>
    <message>
        <source>Grid after</source>
        <translation>Réseau après</translation>
    </message>
    <message>
        <source>Change of the import</source>
        <translation>Variation du soutirage</translation>
    </message>
    <message>
        <source>Change of the battery</source>
        <translation>Variation de la batterie</translation>
    </message>
    <message>
        <source>Change of the solar production</source>
        <translation>Variation de la production solaire</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>{0} more discharge</source>
        <translation>{0} de décharge en plus</translation>
    </message>
    <message>
        <source>{0} more charge</source>
        <translation>{0} de charge en plus</translation>
    </message>
    <message>
        <source>{0} up</source>
        <translation>hausse de {0}</translation>
    </message>
    <message>
        <source>{0} down</source>
        <translation>baisse de {0}</translation>
    </message>
    <message>
        <source>Waiting for the grid to be switched off; given up in {0}.</source>
        <translation>En attente de la coupure du réseau&#xa0;; abandon dans {0}.</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>Measuring as it is; leave everything as it is.</source>
        <translation>Mesure de l’état présent&#xa0;; ne touchez à rien.</translation>
    </message>
    <message>
        <source>Switch now, then press the button; given up in {0}.</source>
        <translation>Commutez maintenant, puis appuyez sur le bouton&#xa0;; abandon dans {0}.</translation>
    </message>
    <message>
        <source>Letting it settle…</source>
        <translation>Stabilisation…</translation>
    </message>
    <message>
        <source>Measuring after the switch; leave everything as it is.</source>
        <translation>Mesure après commutation&#xa0;; ne touchez à rien.</translation>
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
    <name>doctor</name>
    <message>
        <source>good</source>
        <translation>bon</translation>
    </message>
    <message>
        <source>note</source>
        <translation>à savoir</translation>
    </message>
    <message>
        <source>fault</source>
        <translation>défaut</translation>
    </message>
    <message>
        <source>Stick doctor: {0}</source>
        <translation>Diagnostic de la clé Wi-Fi&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Lamps:</source>
        <translation>Voyants&#xa0;:</translation>
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
    <name>find</name>
    <message>
        <source>search {1}</source>
        <translation>parcourir {1}</translation>
    </message>
    <message>
        <source>search {0} addresses of {1}</source>
        <translation>parcourir {0} adresses de {1}</translation>
    </message>
    <message>
        <source>call SOLARMAN sticks</source>
        <translation>appeler les clés SOLARMAN</translation>
    </message>
    <message>
        <source>ask units {0} on {1}</source>
        <translation>interroger les adresses {0} sur {1}</translation>
    </message>
    <message>
        <source>listen on {0}</source>
        <translation>écouter {0}</translation>
    </message>
    <message>
        <source>wait for charging stations</source>
        <translation>attendre les bornes de recharge</translation>
    </message>
    <message>
        <source>Choose where to look</source>
        <translation>Choisir où chercher</translation>
    </message>
    <message>
        <source>{0} and {1}</source>
        <translation>{0} et {1}</translation>
    </message>
    <message>
        <source>unknown device</source>
        <translation>appareil inconnu</translation>
    </message>
    <message>
        <source>certain, {0}</source>
        <translation>certain, {0}</translation>
    </message>
    <message>
        <source>likely, {0}</source>
        <translation>probable, {0}</translation>
    </message>
    <message>
        <source>possible, {0}</source>
        <translation>possible, {0}</translation>
    </message>
    <message>
        <source>connector {0}</source>
        <translation>prise {0}</translation>
    </message>
    <message>
        <source>unit {0}</source>
        <translation>adresse {0}</translation>
    </message>
    <message>
        <source>Other speeds and parities, and more unit numbers: the label or the menu tells them.</source>
        <translation>D’autres vitesses et parités, et plus d’adresses&#xa0;: l’étiquette ou le menu les indique.</translation>
    </message>
    <message>
        <source>Swap the wires A and B; makers do not agree on their names.</source>
        <translation>Inversez les fils A et B&#xa0;: les fabricants ne les nomment pas tous pareil.</translation>
    </message>
    <message>
        <source>120 Ω at the two ends of the bus, and nowhere else.</source>
        <translation>120 Ω aux deux bouts du bus, et nulle part ailleurs.</translation>
    </message>
    <message>
        <source>No other program and no other master on the same bus.</source>
        <translation>Aucun autre programme ni autre maître sur le même bus.</translation>
    </message>
    <message>
        <source>Modbus TCP has to be switched on in many devices and gateways.</source>
        <translation>Modbus TCP doit être activé dans bien des appareils et passerelles.</translation>
    </message>
    <message>
        <source>Is this computer on the devices’ network? A guest Wi-Fi keeps them apart.</source>
        <translation>Cet ordinateur est-il sur le réseau des appareils&#x202f;? Un Wi-Fi invité les isole.</translation>
    </message>
    <message>
        <source>A stick on another network does not hear the call: join its own Wi-Fi AP_… or type its address.</source>
        <translation>Une clé sur un autre réseau n’entend pas l’appel&#xa0;: rejoignez son propre Wi-Fi AP_… ou saisissez son adresse.</translation>
    </message>
    <message>
        <source>Another CAN speed; 120 Ω at both ends; CAN-H and CAN-L swapped.</source>
        <translation>Une autre vitesse CAN&#x202f;; 120 Ω aux deux bouts&#x202f;; CAN-H et CAN-L inversés.</translation>
    </message>
    <message>
        <source>In the station’s menu, set the address shown here, then restart the station.</source>
        <translation>Dans le menu de la borne, saisissez l’adresse affichée ici, puis redémarrez la borne.</translation>
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
        <source>with vehicles</source>
        <translation>avec véhicules</translation>
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
    <message>
        <source>{0} others</source>
        <translation>{0} autres</translation>
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
    <name>journal</name>
    <message>
        <source>secret</source>
        <translation>confidentiel</translation>
    </message>
    <message>
        <source>not shown to this role</source>
        <translation>non montré à ce rôle</translation>
    </message>
    <message>
        <source>no answer, unchanged</source>
        <translation>sans réponse, inchangé</translation>
    </message>
    <message>
        <source>begun</source>
        <translation>commencé</translation>
    </message>
    <message>
        <source>not permitted, nothing was sent</source>
        <translation>non permis, rien n’a été envoyé</translation>
    </message>
    <message>
        <source>moved back while watched</source>
        <translation>revenue en arrière sous surveillance</translation>
    </message>
    <message>
        <source>intention</source>
        <translation>intention</translation>
    </message>
    <message>
        <source>outcome</source>
        <translation>résultat</translation>
    </message>
    <message>
        <source>refusal</source>
        <translation>refus</translation>
    </message>
    <message>
        <source>moved back</source>
        <translation>revenu en arrière</translation>
    </message>
    <message>
        <source>watch ended</source>
        <translation>fin de surveillance</translation>
    </message>
    <message>
        <source>inferred register confirmed</source>
        <translation>registre déduit confirmé</translation>
    </message>
    <message>
        <source>sign-in</source>
        <translation>connexion</translation>
    </message>
    <message>
        <source>account</source>
        <translation>compte</translation>
    </message>
    <message>
        <source>snapshot</source>
        <translation>relevé</translation>
    </message>
    <message>
        <source>coupling</source>
        <translation>couplage</translation>
    </message>
    <message>
        <source>EVlink file</source>
        <translation>fichier EVlink</translation>
    </message>
    <message>
        <source>put back</source>
        <translation>rétabli</translation>
    </message>
    <message>
        <source>set by the program when the station called</source>
        <translation>réglé par le programme à l’appel de la borne</translation>
    </message>
    <message>
        <source>Chain broken at line {0}</source>
        <translation>Chaîne rompue à la ligne {0}</translation>
    </message>
    <message>
        <source>{0} (and {1} more)</source>
        <translation>{0} (et {1} de plus)</translation>
    </message>
    <message>
        <source>Nothing kept yet</source>
        <translation>Rien de conservé encore</translation>
    </message>
    <message>
        <source>Chain whole, 1 line</source>
        <translation>Chaîne intacte, 1 ligne</translation>
    </message>
    <message>
        <source>Chain whole, {0} lines</source>
        <translation>Chaîne intacte, {0} lignes</translation>
    </message>
    <message>
        <source>set and proven</source>
        <translation>réglé et prouvé</translation>
    </message>
    <message>
        <source>sent and accepted</source>
        <translation>envoyé et accepté</translation>
    </message>
    <message>
        <source>already so</source>
        <translation>déjà ainsi</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>refusé</translation>
    </message>
    <message>
        <source>changed meanwhile, not written</source>
        <translation>changé entre-temps, non écrit</translation>
    </message>
    <message>
        <source>written, reads differently</source>
        <translation>écrit, relu différent</translation>
    </message>
    <message>
        <source>not known whether written</source>
        <translation>on ne sait pas si c’est écrit</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>non atteint</translation>
    </message>
    <message>
        <source>the value has held</source>
        <translation>la valeur a tenu</translation>
    </message>
    <message>
        <source>the value could not be read</source>
        <translation>la valeur n’a pas pu être lue</translation>
    </message>
    <message>
        <source>signed in</source>
        <translation>connecté</translation>
    </message>
    <message>
        <source>signed off</source>
        <translation>déconnecté</translation>
    </message>
    <message>
        <source>locked out</source>
        <translation>bloqué</translation>
    </message>
    <message>
        <source>created</source>
        <translation>créé</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>supprimé</translation>
    </message>
    <message>
        <source>enabled</source>
        <translation>activé</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>désactivé</translation>
    </message>
    <message>
        <source>another role</source>
        <translation>autre rôle</translation>
    </message>
    <message>
        <source>password changed</source>
        <translation>mot de passe changé</translation>
    </message>
    <message>
        <source>password reset</source>
        <translation>mot de passe réinitialisé</translation>
    </message>
</context>
<context>
    <name>leaving</name>
    <message>
        <source>Close all the same</source>
        <translation>Fermer quand même</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Revenir</translation>
    </message>
    <message>
        <source>Values are still being written.</source>
        <translation>Des valeurs sont encore en cours d’écriture.</translation>
    </message>
    <message>
        <source>What has been begun is proven before the program ends; the rest is not begun any more.</source>
        <translation>Ce qui est commencé sera prouvé avant la fermeture&#xa0;; le reste ne sera pas commencé.</translation>
    </message>
    <message>
        <source>Parameters were changed, and what you leave behind is not kept yet.</source>
        <translation>Des paramètres ont été modifiés, et l’état laissé n’est pas encore conservé.</translation>
    </message>
    <message>
        <source>A snapshot “as left” shows later what every device held when you went.</source>
        <translation>Un relevé «&#xa0;état laissé&#xa0;» montre plus tard ce que contenait chaque appareil à votre départ.</translation>
    </message>
    <message>
        <source>Take the snapshot</source>
        <translation>Faire le relevé</translation>
    </message>
</context>
<context>
    <name>links</name>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Ce qui se passe</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Que faire</translation>
    </message>
    <message>
        <source>Next try</source>
        <translation>Prochain essai</translation>
    </message>
    <message>
        <source>in {0}</source>
        <translation>dans {0}</translation>
    </message>
    <message>
        <source>Why off</source>
        <translation>Pourquoi coupée</translation>
    </message>
    <message>
        <source>enabled: no in the site file</source>
        <translation>enabled: no dans le fichier du site</translation>
    </message>
    <message>
        <source>Frames heard</source>
        <translation>Trames entendues</translation>
    </message>
    <message>
        <source>Reconnections</source>
        <translation>Reconnexions</translation>
    </message>
    <message>
        <source>Exchanges</source>
        <translation>Échanges</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Avec réponse</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refusés</translation>
    </message>
    <message>
        <source>Without answer</source>
        <translation>Sans réponse</translation>
    </message>
    <message>
        <source>Foreign</source>
        <translation>Étrangers</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Altérés</translation>
    </message>
    <message>
        <source>no</source>
        <translation>non</translation>
    </message>
    <message>
        <source>Serial number given</source>
        <translation>Numéro de série donné</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>Serial number of its frames</source>
        <translation>Numéro de série de ses trames</translation>
    </message>
    <message>
        <source>{0} of rest between requests</source>
        <translation>{0} de pause entre les demandes</translation>
    </message>
    <message>
        <source>Pace now</source>
        <translation>Cadence actuelle</translation>
    </message>
    <message>
        <source>yes: it does not keep up and is asked less often</source>
        <translation>oui&#xa0;: elle ne suit pas et est interrogée moins souvent</translation>
    </message>
    <message>
        <source>Saturated</source>
        <translation>Saturée</translation>
    </message>
    <message>
        <source>Heartbeats</source>
        <translation>Signaux de vie</translation>
    </message>
    <message>
        <source>Late answers, dropped</source>
        <translation>Réponses tardives, écartées</translation>
    </message>
    <message>
        <source>another program uses this stick</source>
        <translation>un autre programme utilise cette clé</translation>
    </message>
    <message>
        <source>Answers to somebody else</source>
        <translation>Réponses pour d’autres</translation>
    </message>
    <message>
        <source>set</source>
        <translation>à l’heure</translation>
    </message>
    <message>
        <source>not set yet</source>
        <translation>pas encore à l’heure</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Horloge</translation>
    </message>
    <message>
        <source>yes: it speaks Modbus TCP without the V5 wrapping</source>
        <translation>oui&#xa0;: elle parle Modbus TCP sans l’enveloppe V5</translation>
    </message>
    <message>
        <source>Plain Modbus</source>
        <translation>Modbus TCP direct</translation>
    </message>
    <message>
        <source>yes: the adapter itself cannot send</source>
        <translation>oui&#xa0;: l’adaptateur lui-même ne peut pas émettre</translation>
    </message>
    <message>
        <source>State of the bus</source>
        <translation>État du bus</translation>
    </message>
    <message>
        <source>Frames a second</source>
        <translation>Trames par seconde</translation>
    </message>
    <message>
        <source>Error counters</source>
        <translation>Compteurs d’erreurs</translation>
    </message>
    <message>
        <source>receiving {0} · sending {1}</source>
        <translation>réception {0} · émission {1}</translation>
    </message>
    <message>
        <source>Error frames</source>
        <translation>Trames d’erreur</translation>
    </message>
    <message>
        <source>Frames dropped</source>
        <translation>Trames perdues</translation>
    </message>
    <message>
        <source>Frames sent</source>
        <translation>Trames émises</translation>
    </message>
    <message>
        <source>Silent adapter</source>
        <translation>Adaptateur muet</translation>
    </message>
    <message>
        <source>active: everything is well</source>
        <translation>actif&#xa0;: tout va bien</translation>
    </message>
    <message>
        <source>warning: errors on the bus</source>
        <translation>alerte&#xa0;: des erreurs sur le bus</translation>
    </message>
    <message>
        <source>error passive: many errors on the bus</source>
        <translation>passif&#xa0;: beaucoup d’erreurs sur le bus</translation>
    </message>
    <message>
        <source>bus off: the adapter has left the bus</source>
        <translation>bus off&#xa0;: l’adaptateur s’est retiré du bus</translation>
    </message>
    <message>
        <source>not told by the adapter</source>
        <translation>l’adaptateur ne le dit pas</translation>
    </message>
    <message>
        <source>wrong serial number</source>
        <translation>mauvais numéro de série</translation>
    </message>
    <message>
        <source>saturated stick, slowed down</source>
        <translation>clé saturée, interrogée moins souvent</translation>
    </message>
    <message>
        <source>frames dropped</source>
        <translation>trames perdues</translation>
    </message>
    <message>
        <source>1 station waits to be accepted</source>
        <translation>1 borne attend d’être acceptée</translation>
    </message>
    <message>
        <source>{0} stations wait to be accepted</source>
        <translation>{0} bornes attendent d’être acceptées</translation>
    </message>
    <message>
        <source>listening for stations</source>
        <translation>à l’écoute des bornes</translation>
    </message>
    <message>
        <source>asks only</source>
        <translation>interroge seulement</translation>
    </message>
    <message>
        <source>may write</source>
        <translation>peut écrire</translation>
    </message>
    <message>
        <source>listens only</source>
        <translation>écoute seulement</translation>
    </message>
    <message>
        <source>may transmit</source>
        <translation>peut émettre</translation>
    </message>
    <message>
        <source>It asks for values; it writes nothing to the devices.</source>
        <translation>Elle demande des valeurs&#xa0;; elle n’écrit rien dans les appareils.</translation>
    </message>
    <message>
        <source>It may write to the devices: read_only is off in the site file.</source>
        <translation>Elle peut écrire dans les appareils&#xa0;: read_only est levé dans le fichier du site.</translation>
    </message>
    <message>
        <source>This PC sends no frame on this bus.</source>
        <translation>Ce PC n’émet aucune trame sur ce bus.</translation>
    </message>
    <message>
        <source>Frames are sent to real devices: somebody has confirmed it for this bus.</source>
        <translation>Des trames partent vers de vrais appareils&#xa0;: l’émission a été confirmée pour ce bus.</translation>
    </message>
    <message>
        <source>Write the number of the address, or check the name.</source>
        <translation>Écrivez l’adresse en chiffres, ou vérifiez le nom.</translation>
    </message>
    <message>
        <source>The machine is there, but this service is off or taken: see its settings.</source>
        <translation>La machine est là, mais ce service est arrêté ou occupé&#xa0;: voyez ses réglages.</translation>
    </message>
    <message>
        <source>Close the other program that holds the port.</source>
        <translation>Fermez l’autre programme qui tient le port.</translation>
    </message>
    <message>
        <source>Give this user the right to the port, then log in again.</source>
        <translation>Donnez à cet utilisateur le droit sur le port, puis rouvrez sa session.</translation>
    </message>
    <message>
        <source>Plug the adapter in, or choose its new name.</source>
        <translation>Branchez l’adaptateur, ou choisissez son nouveau nom.</translation>
    </message>
    <message>
        <source>Install the maker’s driver of the adapter.</source>
        <translation>Installez le pilote du fabricant de l’adaptateur.</translation>
    </message>
    <message>
        <source>Check the files cert and key of the link’s address.</source>
        <translation>Vérifiez les fichiers cert et key de l’adresse de la liaison.</translation>
    </message>
    <message>
        <source>Check power, Wi-Fi and address of the stick; the diagnosis walks you through it.</source>
        <translation>Vérifiez l’alimentation, le Wi-Fi et l’adresse de la clé&#xa0;; le diagnostic vous guide.</translation>
    </message>
    <message>
        <source>Check the adapter, the speed and the two ends’ resistors of the bus.</source>
        <translation>Vérifiez l’adaptateur, la vitesse et les résistances aux deux bouts du bus.</translation>
    </message>
    <message>
        <source>Choose another port, or another address of this PC, in the site file.</source>
        <translation>Choisissez un autre port, ou une autre adresse de ce PC, dans le fichier du site.</translation>
    </message>
    <message>
        <source>Check the adapter, A and B of the bus, the speed and the parity.</source>
        <translation>Vérifiez l’adaptateur, A et B du bus, la vitesse et la parité.</translation>
    </message>
    <message>
        <source>Check power, cable and address of the device, and that this PC is on its network.</source>
        <translation>Vérifiez l’alimentation, le câble et l’adresse de l’appareil, et que ce PC est sur son réseau.</translation>
    </message>
    <message>
        <source>{0} listens only</source>
        <translation>{0} écoute seulement</translation>
    </message>
    <message>
        <source>{0} and {1} listen only</source>
        <translation>{0} et {1} écoutent seulement</translation>
    </message>
    <message>
        <source>{0} links listen only</source>
        <translation>{0} liaisons écoutent seulement</translation>
    </message>
    <message>
        <source>Read only: nothing is written to the devices</source>
        <translation>Lecture seule&#xa0;: rien n’est écrit dans les appareils</translation>
    </message>
    <message>
        <source>{0} may write</source>
        <translation>Écriture autorisée sur {0}</translation>
    </message>
    <message>
        <source>{0} and {1} may write</source>
        <translation>Écriture autorisée sur {0} et {1}</translation>
    </message>
    <message>
        <source>{0} links may write</source>
        <translation>Écriture autorisée sur {0} liaisons</translation>
    </message>
    <message>
        <source>{0} may transmit</source>
        <translation>{0} peut émettre</translation>
    </message>
    <message>
        <source>{0} and {1} may transmit</source>
        <translation>{0} et {1} peuvent émettre</translation>
    </message>
    <message>
        <source>{0} links may transmit</source>
        <translation>{0} liaisons peuvent émettre</translation>
    </message>
    <message>
        <source>the others ask only</source>
        <translation>les autres interrogent seulement</translation>
    </message>
    <message>
        <source>for {0}</source>
        <translation>depuis {0}</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>Borne</translation>
    </message>
    <message>
        <source>Maker and model</source>
        <translation>Fabricant et modèle</translation>
    </message>
    <message>
        <source>Last message</source>
        <translation>Dernier message</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Appareil</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Last answer</source>
        <translation>Dernière réponse</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>Cadence</translation>
    </message>
    <message>
        <source>waits to be accepted</source>
        <translation>attend d’être acceptée</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>connectée</translation>
    </message>
    <message>
        <source>has not called yet</source>
        <translation>n’a pas encore appelé</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>non connectée</translation>
    </message>
    <message>
        <source>Charging stations</source>
        <translation>Bornes de recharge</translation>
    </message>
    <message>
        <source>Add this below devices: in the site file, then open the site again:</source>
        <translation>Ajoutez ceci sous devices: dans le fichier du site, puis rouvrez le site&#xa0;:</translation>
    </message>
</context>
<context>
    <name>orders</name>
    <message>
        <source>Start charging</source>
        <translation>Démarrer la charge</translation>
    </message>
    <message>
        <source>Stop charging</source>
        <translation>Arrêter la charge</translation>
    </message>
    <message>
        <source>Unlock the socket</source>
        <translation>Déverrouiller la prise</translation>
    </message>
    <message>
        <source>Restart the station</source>
        <translation>Redémarrer la borne</translation>
    </message>
    <message>
        <source>Hard reset</source>
        <translation>Réinitialisation forcée</translation>
    </message>
    <message>
        <source>Take out of service</source>
        <translation>Mettre hors service</translation>
    </message>
    <message>
        <source>Put into service</source>
        <translation>Mettre en service</translation>
    </message>
    <message>
        <source>The vehicle on this socket may begin to charge, under this badge.</source>
        <translation>Le véhicule de cette prise pourra se charger, sous ce badge.</translation>
    </message>
    <message>
        <source>The vehicle stops; some stations then wait until its cable is unplugged.</source>
        <translation>Le véhicule s’arrête&#xa0;; certaines bornes attendent ensuite que son câble soit débranché.</translation>
    </message>
    <message>
        <source>The socket lets go of the cable; a running charge ends.</source>
        <translation>La prise libère le câble&#xa0;; une charge en cours se termine.</translation>
    </message>
    <message>
        <source>The station ends its charges, then starts anew; it is away for a minute.</source>
        <translation>La borne termine ses charges puis redémarre&#xa0;; elle est absente une minute.</translation>
    </message>
    <message>
        <source>The station starts anew at once, without ending its charges properly.</source>
        <translation>La borne redémarre aussitôt, sans terminer ses charges proprement.</translation>
    </message>
    <message>
        <source>Nobody can charge there until it is put into service again.</source>
        <translation>Personne ne peut s’y charger avant la remise en service.</translation>
    </message>
    <message>
        <source>The socket can be used again.</source>
        <translation>La prise est de nouveau utilisable.</translation>
    </message>
    <message>
        <source>the station accepts</source>
        <translation>la borne accepte</translation>
    </message>
    <message>
        <source>the station refuses</source>
        <translation>la borne refuse</translation>
    </message>
    <message>
        <source>the station will do it when the charge has ended</source>
        <translation>la borne le fera à la fin de la charge</translation>
    </message>
    <message>
        <source>the socket is unlocked</source>
        <translation>la prise est déverrouillée</translation>
    </message>
    <message>
        <source>the socket could not be unlocked</source>
        <translation>la prise n’a pas pu être déverrouillée</translation>
    </message>
    <message>
        <source>the station cannot do this</source>
        <translation>la borne ne sait pas le faire</translation>
    </message>
    <message>
        <source>given up</source>
        <translation>abandonné</translation>
    </message>
    <message>
        <source>Limit the current</source>
        <translation>Limiter le courant</translation>
    </message>
    <message>
        <source>Charge on one phase</source>
        <translation>Charger en monophasé</translation>
    </message>
    <message>
        <source>Charge on three phases</source>
        <translation>Charger en triphasé</translation>
    </message>
    <message>
        <source>Change the mode</source>
        <translation>Changer le mode</translation>
    </message>
    <message>
        <source>Clear the fault</source>
        <translation>Acquitter le défaut</translation>
    </message>
    <message>
        <source>Lead it no more</source>
        <translation>Ne plus la piloter</translation>
    </message>
    <message>
        <source>Learn a card</source>
        <translation>Enregistrer un badge</translation>
    </message>
    <message>
        <source>Remove the card</source>
        <translation>Retirer le badge</translation>
    </message>
    <message>
        <source>Restart the wallbox</source>
        <translation>Redémarrer la borne</translation>
    </message>
    <message>
        <source>The vehicle draws no more than this; 0 A pauses it.</source>
        <translation>Le véhicule ne prend pas plus&#xa0;; 0&#x202f;A le met en pause.</translation>
    </message>
    <message>
        <source>The vehicle on this wallbox may begin to charge.</source>
        <translation>Le véhicule branché sur cette borne peut commencer à charger.</translation>
    </message>
    <message>
        <source>The vehicle stops charging.</source>
        <translation>Le véhicule cesse de charger.</translation>
    </message>
    <message>
        <source>The wallbox uses one phase only, from the next charge at the latest.</source>
        <translation>La borne n’utilise qu’une phase, au plus tard à la prochaine charge.</translation>
    </message>
    <message>
        <source>The wallbox uses three phases, from the next charge at the latest.</source>
        <translation>La borne utilise trois phases, au plus tard à la prochaine charge.</translation>
    </message>
    <message>
        <source>In the mode Offline the wallbox decides by itself, with its own cards.</source>
        <translation>En mode Hors ligne, la borne décide seule, avec ses propres badges.</translation>
    </message>
    <message>
        <source>The wallbox forgets its fault; see first that its cause is gone.</source>
        <translation>La borne efface son défaut&#xa0;; vérifiez d’abord que la cause a disparu.</translation>
    </message>
    <message>
        <source>Commands cease; after a few seconds the wallbox falls back to the limit that it was given.</source>
        <translation>Les commandes cessent&#xa0;; après quelques secondes, la borne passe à sa limite de repli.</translation>
    </message>
    <message>
        <source>Present the new card to the reader within a minute; it can then charge there.</source>
        <translation>Présentez le nouveau badge au lecteur dans la minute&#xa0;; il permettra ensuite d’y charger.</translation>
    </message>
    <message>
        <source>The card of this slot can no longer charge there.</source>
        <translation>Le badge de cet emplacement ne permet plus d’y charger.</translation>
    </message>
    <message>
        <source>A running charge is interrupted; the wallbox is away for a minute or two.</source>
        <translation>Une charge en cours est interrompue&#xa0;; la borne est absente une à deux minutes.</translation>
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
    <message>
        <source>Links</source>
        <translation>Liaisons</translation>
    </message>
    <message>
        <source>Commissioning</source>
        <translation>Mise en service</translation>
    </message>
    <message>
        <source>Wire, set, check, and keep what was found</source>
        <translation>Câbler, régler, contrôler, et garder ce qui a été constaté</translation>
    </message>
    <message>
        <source>Find devices</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>What answers on this computer&apos;s ports and networks, and what it is</source>
        <translation>Ce qui répond sur les ports et les réseaux de cet ordinateur, et ce que c’est</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Sites</translation>
    </message>
    <message>
        <source>Nothing is polled before you open a site</source>
        <translation>Rien n’est interrogé avant d’ouvrir un site</translation>
    </message>
</context>
<context>
    <name>parameters</name>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>Do it</source>
        <translation>Exécuter</translation>
    </message>
    <message>
        <source>This is set on the device&apos;s own screen.</source>
        <translation>Cela se règle sur l’écran de l’appareil.</translation>
    </message>
    <message>
        <source>{0} choices</source>
        <translation>{0} choix</translation>
    </message>
    <message>
        <source>at most {0} characters</source>
        <translation>{0} caractères au plus</translation>
    </message>
    <message>
        <source>Enter a number, for instance {0}.</source>
        <translation>Saisissez un nombre, par exemple {0}.</translation>
    </message>
    <message>
        <source>Write {0} or {1}: the comma could mean either.</source>
        <translation>Écrivez {0} ou {1}&#xa0;: la virgule peut vouloir dire l’un ou l’autre.</translation>
    </message>
    <message>
        <source>This value has no unit: write the number alone.</source>
        <translation>Cette valeur n’a pas d’unité&#xa0;: écrivez le nombre seul.</translation>
    </message>
    <message>
        <source>The unit {0} does not fit this value: write {1}.</source>
        <translation>L’unité {0} ne convient pas à cette valeur&#xa0;: écrivez {1}.</translation>
    </message>
    <message>
        <source>It must lie between {0} and {1}.</source>
        <translation>La valeur doit être comprise entre {0} et {1}.</translation>
    </message>
    <message>
        <source>It must be at least {0}.</source>
        <translation>La valeur doit être d’au moins {0}.</translation>
    </message>
    <message>
        <source>It must be at most {0}.</source>
        <translation>La valeur doit être d’au plus {0}.</translation>
    </message>
    <message>
        <source>It goes in steps of {0}: {1} or {2}.</source>
        <translation>La valeur va par pas de {0}&#xa0;: {1} ou {2}.</translation>
    </message>
    <message>
        <source>It goes in steps of {0}.</source>
        <translation>La valeur va par pas de {0}.</translation>
    </message>
    <message>
        <source>Enter a time of day, for instance 07:30.</source>
        <translation>Saisissez une heure, par exemple 07:30.</translation>
    </message>
    <message>
        <source>Enter month and day, for instance 12-31.</source>
        <translation>Saisissez le mois et le jour, par exemple 12-31.</translation>
    </message>
    <message>
        <source>At most {0} characters.</source>
        <translation>{0} caractères au plus.</translation>
    </message>
    <message>
        <source>Only letters without accents, digits and signs.</source>
        <translation>Seulement des lettres sans accent, des chiffres et des signes.</translation>
    </message>
    <message>
        <source>grid code</source>
        <translation>code réseau</translation>
    </message>
    <message>
        <source>protection</source>
        <translation>seuil de protection</translation>
    </message>
    <message>
        <source>the device restarts</source>
        <translation>l’appareil redémarre</translation>
    </message>
    <message>
        <source>the device may be out of reach</source>
        <translation>l’appareil peut devenir injoignable</translation>
    </message>
    <message>
        <source>I have checked that the grid operator&apos;s rules for this site allow this grid code setting.</source>
        <translation>J’ai vérifié que les règles du gestionnaire de réseau autorisent ce réglage sur ce site.</translation>
    </message>
    <message>
        <source>I have checked these protection limits against the data sheets of battery and wiring.</source>
        <translation>J’ai vérifié ces seuils de protection avec les fiches techniques de la batterie et du câblage.</translation>
    </message>
    <message>
        <source>I have checked that the device may restart or stop now: nobody is endangered by it.</source>
        <translation>J’ai vérifié que l’appareil peut redémarrer ou s’arrêter maintenant&#xa0;: cela ne met personne en danger.</translation>
    </message>
    <message>
        <source>I have checked how to reach the device if it does not answer over this link any more.</source>
        <translation>J’ai vérifié comment joindre l’appareil s’il ne répond plus par cette liaison.</translation>
    </message>
    <message>
        <source>flash: kept without power, every write wears it</source>
        <translation>flash&#xa0;: conservée hors tension, chaque écriture l’use</translation>
    </message>
    <message>
        <source>volatile: lost when the device restarts or times out</source>
        <translation>volatile&#xa0;: perdue au redémarrage ou après un délai</translation>
    </message>
    <message>
        <source>not known: counted as flash</source>
        <translation>inconnue&#xa0;: comptée comme de la flash</translation>
    </message>
    <message>
        <source>never written yet</source>
        <translation>jamais écrit à ce jour</translation>
    </message>
    <message>
        <source>1 write to date</source>
        <translation>1 écriture à ce jour</translation>
    </message>
    <message>
        <source>{0} writes to date</source>
        <translation>{0} écritures à ce jour</translation>
    </message>
    <message>
        <source>{0} left at this pace</source>
        <translation>encore {0} à ce rythme</translation>
    </message>
    <message>
        <source>about {0} left</source>
        <translation>il en reste environ {0}</translation>
    </message>
    <message>
        <source>{0} months</source>
        <translation>{0} mois</translation>
    </message>
    <message>
        <source>{0} years</source>
        <translation>{0} ans</translation>
    </message>
    <message>
        <source>who has done it is not known</source>
        <translation>on ne sait pas qui l’a fait</translation>
    </message>
    <message>
        <source>probably the maker&apos;s cloud</source>
        <translation>probablement le cloud du fabricant</translation>
    </message>
    <message>
        <source>probably another program or controller</source>
        <translation>probablement un autre programme ou automate</translation>
    </message>
    <message>
        <source>probably the device itself (firmware)</source>
        <translation>probablement l’appareil lui-même (micrologiciel)</translation>
    </message>
    <message>
        <source>an order: it cannot be read back</source>
        <translation>un ordre&#xa0;: il ne peut pas être relu</translation>
    </message>
    <message>
        <source>by the device&apos;s own clock</source>
        <translation>à l’horloge de l’appareil</translation>
    </message>
</context>
<context>
    <name>people</name>
    <message>
        <source>Viewer</source>
        <translation>Observateur</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>Installer</source>
        <translation>Installateur</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administrateur</translation>
    </message>
    <message>
        <source>Sees values, curves and parameters; changes nothing.</source>
        <translation>Voit les mesures, les courbes et les paramètres&#xa0;; ne modifie rien.</translation>
    </message>
    <message>
        <source>Also starts, stops and limits charging, and sets everyday parameters.</source>
        <translation>Peut aussi lancer, arrêter et limiter une recharge, et régler les paramètres courants.</translation>
    </message>
    <message>
        <source>Also sets protective parameters, resets devices and changes the site file.</source>
        <translation>Peut aussi régler les protections, redémarrer les appareils et modifier le fichier du site.</translation>
    </message>
    <message>
        <source>Also manages the accounts of this site.</source>
        <translation>Gère aussi les comptes de ce site.</translation>
    </message>
    <message>
        <source>Demonstration</source>
        <translation>Démonstration</translation>
    </message>
    <message>
        <source>View only</source>
        <translation>Consultation</translation>
    </message>
    <message>
        <source>Demonstration: nothing real can be touched, everything may be tried</source>
        <translation>Démonstration&#xa0;: aucun appareil réel n’est touché, tout peut être essayé</translation>
    </message>
    <message>
        <source>Nobody is signed in: nothing can be changed</source>
        <translation>Personne n’est connecté&#xa0;: rien ne peut être modifié</translation>
    </message>
    <message>
        <source>Something went wrong; the log says what.</source>
        <translation>Une erreur s’est produite&#xa0;; le journal technique la détaille.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rôle</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Last sign-in</source>
        <translation>Dernière connexion</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>désactivé</translation>
    </message>
    <message>
        <source>has to choose a password</source>
        <translation>doit choisir son mot de passe</translation>
    </message>
    <message>
        <source>active</source>
        <translation>actif</translation>
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
        <source>beyond all numbers</source>
        <translation>hors de toute valeur numérique</translation>
    </message>
    <message>
        <source>{point} cannot hold {text}</source>
        <translation>{point} ne peut pas contenir {text}</translation>
    </message>
    <message>
        <source>{point} has {count} bits, counted from 0</source>
        <translation>{point} a {count} bits, comptés à partir de 0</translation>
    </message>
    <message>
        <source>{file} is damaged: a part of it is nothing that Wattelier has written.</source>
        <translation>{file} est endommagé&#xa0;: une partie n’a pas été écrite par Wattelier.</translation>
    </message>
    <message>
        <source>{file} is damaged: its list of tables cannot be read.</source>
        <translation>{file} est endommagé&#xa0;: la liste de ses tables est illisible.</translation>
    </message>
    <message>
        <source>another master asks the same unit for as much: nobody knows whose answer this is</source>
        <translation>un autre maître interroge la même unité pour autant de registres&#xa0;: impossible de savoir à qui est cette réponse</translation>
    </message>
    <message>
        <source>two different answers came to one request</source>
        <translation>deux réponses différentes à une même demande</translation>
    </message>
    <message>
        <source>the answer is byte by byte what was just answered to another question</source>
        <translation>la réponse est, octet pour octet, celle qui vient d’être donnée à une autre question</translation>
    </message>
    <message>
        <source>the line repeats or swaps answers, and this one could not be told from others</source>
        <translation>la ligne répète ou intervertit les réponses, et celle-ci n’a pas pu être distinguée des autres</translation>
    </message>
    <message>
        <source>the answer was cut off: something else begins in it</source>
        <translation>la réponse a été coupée&#xa0;: autre chose commence au milieu</translation>
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
        <source>{path} is of an older Wattelier and stays as it is: no copy of it can be kept ({reason})</source>
        <translation>{path} vient d’un Wattelier plus ancien et reste tel quel&#xa0;: impossible d’en garder une copie ({reason})</translation>
    </message>
    <message>
        <source>{folder} cannot be written, so nothing would be recorded or remembered: {reason}</source>
        <translation>{folder} n’est pas accessible en écriture, rien ne serait enregistré ni mémorisé&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>{folder} is not whole: install the program again</source>
        <translation>{folder} est incomplet&#xa0;: réinstallez le programme</translation>
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
    <message>
        <source>heartbeat of the stick</source>
        <translation>battement de la clé</translation>
    </message>
    <message>
        <source>message {code} of the stick</source>
        <translation>message {code} de la clé</translation>
    </message>
    <message>
        <source>the same answer once more</source>
        <translation>la même réponse une fois de plus</translation>
    </message>
    <message>
        <source>a late answer to an older request</source>
        <translation>réponse tardive à une demande plus ancienne</translation>
    </message>
    <message>
        <source>an answer to another program&apos;s request</source>
        <translation>réponse à la demande d’un autre programme</translation>
    </message>
    <message>
        <source>two different answers came to one request: another program uses the stick</source>
        <translation>deux réponses différentes à une même demande&#xa0;: un autre programme utilise la clé</translation>
    </message>
    <message>
        <source>the same answer came under two sequence numbers</source>
        <translation>la même réponse est arrivée sous deux numéros de séquence</translation>
    </message>
    <message>
        <source>the times in the answer do not fit those of the answers before</source>
        <translation>les heures données dans la réponse ne suivent pas celles des réponses précédentes</translation>
    </message>
    <message>
        <source>the stick speaks version 4 of its protocol (frames from 68 to 16), which is not supported</source>
        <translation>la clé parle la version 4 de son protocole (trames de 68 à 16), non prise en charge</translation>
    </message>
    <message>
        <source>the stick speaks plain Modbus TCP</source>
        <translation>la clé parle Modbus TCP sans enveloppe</translation>
    </message>
    <message>
        <source>the checksum of the Modbus part is wrong</source>
        <translation>la somme de contrôle de la partie Modbus est fausse</translation>
    </message>
    <message>
        <source>status {count}</source>
        <translation>état {count}</translation>
    </message>
    <message>
        <source>the stick&apos;s serial number is {serial}, not {serial2}</source>
        <translation>le numéro de série de la clé est {serial}, pas {serial2}</translation>
    </message>
    <message>
        <source>the stick answers, the inverter does not: unit {address} is wrong, it has no such register, or the stick is not plugged in well</source>
        <translation>la clé répond, pas l’onduleur&#xa0;: l’adresse {address} est fausse, il n’a pas ce registre, ou la clé est mal enfichée</translation>
    </message>
    <message>
        <source>the stick refuses with its error 6: the serial number does not match, or it is busy</source>
        <translation>la clé refuse avec son erreur 6&#xa0;: le numéro de série ne correspond pas, ou elle est occupée</translation>
    </message>
    <message>
        <source>the stick refuses with its error {count}</source>
        <translation>la clé refuse avec son erreur {count}</translation>
    </message>
    <message>
        <source>must be {known}, each once</source>
        <translation>doit contenir {known}, une fois chacun</translation>
    </message>
    <message>
        <source>holds the same id twice</source>
        <translation>contient deux fois le même identifiant</translation>
    </message>
    <message>
        <source>needs a state of {known}</source>
        <translation>demande un état de {known}</translation>
    </message>
    <message>
        <source>{quoted} is not documented or inferred</source>
        <translation>{quoted} n’est ni documented ni inferred</translation>
    </message>
    <message>
        <source>there is no press {quoted} of the button</source>
        <translation>il n’y a pas d’appui {quoted} sur le bouton</translation>
    </message>
    <message>
        <source>the device is there, but its local service on port {port} is not</source>
        <translation>l’appareil est là, mais pas son service local sur le port {port}</translation>
    </message>
    <message>
        <source>the name of the stick is not known on this network</source>
        <translation>le nom de la clé n’est pas connu sur ce réseau</translation>
    </message>
    <message>
        <source>open</source>
        <translation>ouvert</translation>
    </message>
    <message>
        <source>refuses connections</source>
        <translation>refuse les connexions</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>ne répond pas</translation>
    </message>
    <message>
        <source>the local service of the stick</source>
        <translation>le service local de la clé</translation>
    </message>
    <message>
        <source>the stick&apos;s web page</source>
        <translation>la page web de la clé</translation>
    </message>
    <message>
        <source>read this device over Modbus TCP</source>
        <translation>lisez cet appareil en Modbus TCP</translation>
    </message>
    <message>
        <source>nothing answers at this address</source>
        <translation>rien ne répond à cette adresse</translation>
    </message>
    <message>
        <source>type the stick&apos;s address as numbers; the router&apos;s list of devices shows it</source>
        <translation>saisissez l’adresse de la clé en chiffres&#xa0;; la liste des appareils de la box la montre</translation>
    </message>
    <message>
        <source>{host} has the address {place}</source>
        <translation>{host} a l’adresse {place}</translation>
    </message>
    <message>
        <source>this computer has joined the access point of a stick</source>
        <translation>cet ordinateur a rejoint le point d’accès d’une clé SOLARMAN</translation>
    </message>
    <message>
        <source>there is no internet meanwhile, and other devices of the site cannot be reached</source>
        <translation>pendant ce temps, pas d’internet, et les autres appareils du site ne sont pas joignables</translation>
    </message>
    <message>
        <source>in this network the stick&apos;s address is {host}</source>
        <translation>dans ce réseau, l’adresse de la clé est {host}</translation>
    </message>
    <message>
        <source>nothing answers to the search for sticks</source>
        <translation>aucune clé SOLARMAN ne répond à la recherche</translation>
    </message>
    <message>
        <source>some sticks keep silent here and work all the same</source>
        <translation>certaines clés n’y répondent pas et fonctionnent quand même</translation>
    </message>
    <message>
        <source>a stick of serial number {serial} answers to the search</source>
        <translation>une clé de numéro de série {serial} répond à la recherche</translation>
    </message>
    <message>
        <source>it is not the serial number {serial} that was given</source>
        <translation>ce n’est pas le numéro de série {serial} donné</translation>
    </message>
    <message>
        <source>use the serial number {serial}</source>
        <translation>utilisez le numéro de série {serial}</translation>
    </message>
    <message>
        <source>port {port}, {reason}: {reason2}</source>
        <translation>port {port}, {reason}&#xa0;: {reason2}</translation>
    </message>
    <message>
        <source>a stick does not answer to another serial number than its own</source>
        <translation>une clé ne répond qu’à son propre numéro de série</translation>
    </message>
    <message>
        <source>the stick speaks plain Modbus TCP on port {port}</source>
        <translation>la clé parle Modbus TCP sans enveloppe sur le port {port}</translation>
    </message>
    <message>
        <source>it is one of the transparent Ethernet sticks</source>
        <translation>c’est une clé Ethernet transparente</translation>
    </message>
    <message>
        <source>the stick answers in SOLARMAN V5 as serial number {serial}</source>
        <translation>la clé répond en SOLARMAN V5 sous le numéro de série {serial}</translation>
    </message>
    <message>
        <source>{count} answers were for another program</source>
        <translation>{count} réponses étaient pour un autre programme</translation>
    </message>
    <message>
        <source>another program reads this stick at the same time, and each slows the other</source>
        <translation>un autre programme lit cette clé en même temps, et chacun ralentit l’autre</translation>
    </message>
    <message>
        <source>stop the other program, or let both ask less often</source>
        <translation>arrêtez l’autre programme, ou espacez les demandes des deux</translation>
    </message>
    <message>
        <source>the stick has no clock yet</source>
        <translation>la clé n’est pas encore à l’heure</translation>
    </message>
    <message>
        <source>it has not reached its server since it was switched on; values read here are not touched by that</source>
        <translation>il n’a pas joint son serveur depuis sa mise sous tension&#xa0;; les valeurs lues ici n’en souffrent pas</translation>
    </message>
    <message>
        <source>the inverter behind the stick answers as unit {address}</source>
        <translation>l’onduleur derrière la clé répond à l’adresse {address}</translation>
    </message>
    <message>
        <source>the stick and the inverter answer</source>
        <translation>la clé et l’onduleur répondent</translation>
    </message>
    <message>
        <source>the stick is reached, the inverter behind it is not, or it is not unit {address}</source>
        <translation>la clé est jointe, l’onduleur derrière elle ne l’est pas, ou il n’est pas à l’adresse {address}</translation>
    </message>
    <message>
        <source>look at the COM lamp; take the stick out, clip it in again and screw it down</source>
        <translation>regardez le voyant COM&#xa0;; retirez la clé, renfichez-la et vissez-la</translation>
    </message>
    <message>
        <source>the stick answers, the inverter behind it does not</source>
        <translation>la clé répond, pas l’onduleur derrière elle</translation>
    </message>
    <message>
        <source>the stick takes the connection and says nothing</source>
        <translation>la clé accepte la connexion et ne dit rien</translation>
    </message>
    <message>
        <source>its firmware does not serve local programs, another program holds it, or it is overloaded</source>
        <translation>son micrologiciel ne sert pas les programmes locaux, un autre programme l’occupe, ou elle est surchargée</translation>
    </message>
    <message>
        <source>stop other programs that read it, wait two minutes, then restart the stick: hold its button for 5 seconds</source>
        <translation>arrêtez les autres programmes qui la lisent, attendez deux minutes, puis redémarrez la clé&#xa0;: maintenez son bouton 5 secondes</translation>
    </message>
    <message>
        <source>unit {address} answers over Modbus TCP on port {port}</source>
        <translation>l’adresse {address} répond en Modbus TCP sur le port {port}</translation>
    </message>
    <message>
        <source>port {port} is open, but unit {address} says nothing</source>
        <translation>le port {port} est ouvert, mais l’adresse {address} ne dit rien</translation>
    </message>
    <message>
        <source>another controller on this bus already leads {title}</source>
        <translation>un autre contrôleur de ce bus commande déjà {title}</translation>
    </message>
    <message>
        <source>{title} is not heard</source>
        <translation>{title} ne se fait pas entendre</translation>
    </message>
    <message>
        <source>{value} A applied</source>
        <translation>{value} A appliqués</translation>
    </message>
    <message>
        <source>{value} A applied, limited by {by}</source>
        <translation>{value} A appliqués, limités par {by}</translation>
    </message>
    <message>
        <source>the limit is 0 A: set a limit first</source>
        <translation>la limite est de 0 A&#xa0;: réglez d’abord une limite</translation>
    </message>
    <message>
        <source>a session needs a connected vehicle ({point} is {state})</source>
        <translation>une charge demande un véhicule branché ({point} est {state})</translation>
    </message>
    <message>
        <source>the mode must be one of {known}</source>
        <translation>le mode doit être l’un de {known}</translation>
    </message>
    <message>
        <source>the number of phases must be 1 or 3</source>
        <translation>le nombre de phases doit être 1 ou 3</translation>
    </message>
    <message>
        <source>{title} cannot switch between one and three phases</source>
        <translation>{title} ne peut pas passer d’une à trois phases</translation>
    </message>
    <message>
        <source>one phase asked for; it shows when a vehicle charges</source>
        <translation>une phase demandée&#xa0;; cela se verra quand un véhicule sera en charge</translation>
    </message>
    <message>
        <source>three phases asked for; it shows when a vehicle charges</source>
        <translation>trois phases demandées&#xa0;; cela se verra quand un véhicule sera en charge</translation>
    </message>
    <message>
        <source>one phase</source>
        <translation>une phase</translation>
    </message>
    <message>
        <source>three phases</source>
        <translation>trois phases</translation>
    </message>
    <message>
        <source>the {what} must be 0 or from {value} to {value2} A, not {value3} A</source>
        <translation>{what} doit être 0 ou de {value} à {value2} A, pas {value3} A</translation>
    </message>
    <message>
        <source>the {what} must be 0 or from {value} to {value2} A, not {value3} A; the wallbox has not said its maximum yet</source>
        <translation>{what} doit être 0 ou de {value} à {value2} A, pas {value3} A&#xa0;; la borne n’a pas encore dit son maximum</translation>
    </message>
    <message>
        <source>the {what} must be from {value} to {value2} {unit}, not {value3}</source>
        <translation>{what} doit être de {value} à {value2} {unit}, pas {value3}</translation>
    </message>
    <message>
        <source>{title} takes no such order: its DBC has no signal for {name}</source>
        <translation>{title} ne prend pas cet ordre&#xa0;: son DBC n’a pas de signal pour {name}</translation>
    </message>
    <message>
        <source>{title} does not show whether it obeys: no point for {name}</source>
        <translation>{title} ne montre pas s’il obéit&#xa0;: pas de point pour {name}</translation>
    </message>
    <message>
        <source>the command frame cannot be made: {reason}</source>
        <translation>la trame de commande ne peut pas être faite&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>{title} does not confirm: {reason}</source>
        <translation>{title} ne confirme pas&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>nothing is heard of it</source>
        <translation>on n’en entend rien</translation>
    </message>
    <message>
        <source>a newer order has taken its place</source>
        <translation>un ordre plus récent a pris sa place</translation>
    </message>
    <message>
        <source>another controller on this bus leads {title} too</source>
        <translation>un autre gestionnaire de ce bus pilote aussi {title}</translation>
    </message>
    <message>
        <source>the wallbox has been released</source>
        <translation>la borne n’est plus pilotée</translation>
    </message>
    <message>
        <source>released: {value} A after {value2} s</source>
        <translation>plus pilotée&#xa0;: {value} A après {value2} s</translation>
    </message>
    <message>
        <source>no fault</source>
        <translation>aucun défaut</translation>
    </message>
    <message>
        <source>{title} takes this order only with {point} {known}; now it is {reason}</source>
        <translation>{title} n’accepte cet ordre qu’avec {point} {known}&#xa0;; actuellement&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>the frame of this order cannot be made: {reason}</source>
        <translation>la trame de cet ordre ne peut pas être construite&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>the table of cards of {title} is full: remove a card first</source>
        <translation>la table des badges de {title} est pleine&#xa0;: retirez d’abord un badge</translation>
    </message>
    <message>
        <source>the table of cards of {title} is full</source>
        <translation>la table des badges de {title} est pleine</translation>
    </message>
    <message>
        <source>{title} has not told its table of cards yet</source>
        <translation>{title} n’a pas encore transmis sa table des badges</translation>
    </message>
    <message>
        <source>the card {text} has been added</source>
        <translation>le badge {text} a été ajouté</translation>
    </message>
    <message>
        <source>a card has been added</source>
        <translation>un badge a été ajouté</translation>
    </message>
    <message>
        <source>a card has been added in slot {count}</source>
        <translation>un badge a été ajouté à l’emplacement {count}</translation>
    </message>
    <message>
        <source>a card was presented, but not added; is it known already?</source>
        <translation>un badge a été présenté, mais pas ajouté&#xa0;; est-il déjà enregistré&#x202f;?</translation>
    </message>
    <message>
        <source>no card was presented</source>
        <translation>aucun badge n’a été présenté</translation>
    </message>
    <message>
        <source>the slot must be a whole number from 1 to {count}</source>
        <translation>l’emplacement doit être un nombre entier de 1 à {count}</translation>
    </message>
    <message>
        <source>slot {count} of {title} is empty</source>
        <translation>l’emplacement {count} de {title} est vide</translation>
    </message>
    <message>
        <source>slot {count} is empty now</source>
        <translation>l’emplacement {count} est maintenant vide</translation>
    </message>
    <message>
        <source>slot {count} is still in use</source>
        <translation>l’emplacement {count} est toujours occupé</translation>
    </message>
    <message>
        <source>{title} has emptied another slot than the one ordered: {known}</source>
        <translation>{title} a vidé un autre emplacement que celui demandé&#xa0;: {known}</translation>
    </message>
    <message>
        <source>restarted</source>
        <translation>redémarrée</translation>
    </message>
    <message>
        <source>it has neither fallen silent nor said again who it is</source>
        <translation>elle ne s’est ni tue, ni identifiée à nouveau</translation>
    </message>
    <message>
        <source>the order could not be sent in time</source>
        <translation>l’ordre n’a pas pu être envoyé à temps</translation>
    </message>
    <message>
        <source>the line was closed meanwhile: whether it has obeyed is not known</source>
        <translation>la liaison a été fermée entre-temps&#xa0;: on ne sait pas si l’ordre a été exécuté</translation>
    </message>
    <message>
        <source>nothing is ordered</source>
        <translation>aucun ordre en cours</translation>
    </message>
    <message>
        <source>the {what} must be a number</source>
        <translation>{what} doit être un nombre</translation>
    </message>
    <message>
        <source>the DBC has no signal {name}</source>
        <translation>le DBC n’a pas de signal {name}</translation>
    </message>
    <message>
        <source>its length is not known</source>
        <translation>sa longueur n’est pas connue</translation>
    </message>
    <message>
        <source>the text holds signs that are none</source>
        <translation>le texte contient des signes qui n’en sont pas</translation>
    </message>
    <message>
        <source>the CAN interface {name} exists on {system} only; use slcan or another interface here</source>
        <translation>l’interface CAN {name} n’existe que sous {system}&#xa0;; utilisez slcan ou une autre interface ici</translation>
    </message>
    <message>
        <source>the CAN interface {name} cannot be used: {reason}</source>
        <translation>l’interface CAN {name} est inutilisable&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>its library is missing</source>
        <translation>sa bibliothèque manque</translation>
    </message>
    <message>
        <source>the PEAK driver (PCAN-Basic) is not installed; install it from peak-system.com, or on Linux use socketcan</source>
        <translation>le pilote PEAK (PCAN-Basic) n’est pas installé&#xa0;; installez-le depuis peak-system.com, ou sous Linux utilisez socketcan</translation>
    </message>
    <message>
        <source>the Kvaser driver (CANlib) is not installed; install it from kvaser.com</source>
        <translation>le pilote Kvaser (CANlib) n’est pas installé&#xa0;; installez-le depuis kvaser.com</translation>
    </message>
    <message>
        <source>the Vector driver (XL Driver Library) is not installed; install it from vector.com</source>
        <translation>le pilote Vector (XL Driver Library) n’est pas installé&#xa0;; installez-le depuis vector.com</translation>
    </message>
    <message>
        <source>the USB library libusb is not installed; install libusb-1.0, or on Linux use socketcan</source>
        <translation>la bibliothèque USB libusb n’est pas installée&#xa0;; installez libusb-1.0, ou sous Linux utilisez socketcan</translation>
    </message>
    <message>
        <source>this system has no CAN in its kernel; load it with &apos;modprobe can can_raw&apos;, or use an slcan adapter</source>
        <translation>ce système n’a pas le CAN dans son noyau&#xa0;; chargez-le par «&#xa0;modprobe can can_raw&#xa0;», ou utilisez un adaptateur slcan</translation>
    </message>
    <message>
        <source>the serial library is missing; reinstall the program</source>
        <translation>la bibliothèque série manque&#xa0;; réinstallez le programme</translation>
    </message>
    <message>
        <source>the library msgpack is missing; reinstall the program</source>
        <translation>la bibliothèque msgpack manque&#xa0;; réinstallez le programme</translation>
    </message>
    <message>
        <source>the CAN adapter {name} ({kind}) is gone; was it unplugged? ({reason})</source>
        <translation>l’adaptateur CAN {name} ({kind}) a disparu&#xa0;; a-t-il été débranché&#xa0;? ({reason})</translation>
    </message>
    <message>
        <source>the CAN adapter {name} could not send a frame; is another device on the bus? ({reason})</source>
        <translation>l’adaptateur CAN {name} n’a pas pu émettre de trame&#xa0;; y a-t-il un autre appareil sur le bus&#xa0;? ({reason})</translation>
    </message>
    <message>
        <source>no permission for the CAN adapter {name} ({kind}); {reason}</source>
        <translation>accès refusé à l’adaptateur CAN {name} ({kind})&#xa0;; {reason}</translation>
    </message>
    <message>
        <source>the CAN adapter {name} ({kind}) is in use by another program</source>
        <translation>l’adaptateur CAN {name} ({kind}) est pris par un autre programme</translation>
    </message>
    <message>
        <source>the CAN adapter {name} ({kind}) does not know this bit rate; choose another ({reason})</source>
        <translation>l’adaptateur CAN {name} ({kind}) ne connaît pas ce débit&#xa0;; choisissez-en un autre ({reason})</translation>
    </message>
    <message>
        <source>add the user to the group dialout</source>
        <translation>ajoutez l’utilisateur au groupe dialout</translation>
    </message>
    <message>
        <source>add a udev rule for it, or on Linux use socketcan</source>
        <translation>ajoutez-lui une règle udev, ou sous Linux utilisez socketcan</translation>
    </message>
    <message>
        <source>ask who administers this computer</source>
        <translation>demandez à qui administre cet ordinateur</translation>
    </message>
    <message>
        <source>the CAN interface {name} is down; bring it up with &apos;ip link set {name2} up type can bitrate 250000 listen-only on&apos;</source>
        <translation>l’interface CAN {name} est arrêtée&#xa0;; démarrez-la par «&#xa0;ip link set {name2} up type can bitrate 250000 listen-only on&#xa0;»</translation>
    </message>
    <message>
        <source>there is no CAN interface {name}; is the adapter plugged in? &apos;ip link&apos; lists those of this computer</source>
        <translation>il n’y a pas d’interface CAN {name}&#xa0;; l’adaptateur est-il branché&#xa0;? «&#xa0;ip link&#xa0;» montre celles de cet ordinateur</translation>
    </message>
    <message>
        <source>nothing answers at {name}; is the CAN adapter on the network?</source>
        <translation>rien ne répond à {name}&#xa0;; l’adaptateur CAN est-il sur le réseau&#xa0;?</translation>
    </message>
    <message>
        <source>the serial port {name} of the CAN adapter does not exist or cannot be opened; is it plugged in?</source>
        <translation>le port série {name} de l’adaptateur CAN n’existe pas ou ne s’ouvre pas&#xa0;; est-il branché&#xa0;?</translation>
    </message>
    <message>
        <source>{name} is not a multicast address that this computer can use; write for example 239.74.163.2</source>
        <translation>{name} n’est pas une adresse multicast utilisable par cet ordinateur&#xa0;; écrivez par exemple 239.74.163.2</translation>
    </message>
    <message>
        <source>channels are named PCAN_USBBUS1, PCAN_USBBUS2, …</source>
        <translation>les canaux s’appellent PCAN_USBBUS1, PCAN_USBBUS2, …</translation>
    </message>
    <message>
        <source>channels are numbered from 0</source>
        <translation>les canaux sont numérotés à partir de 0</translation>
    </message>
    <message>
        <source>channels are numbered from 0, as set in Vector Hardware Config</source>
        <translation>les canaux sont numérotés à partir de 0, comme dans Vector Hardware Config</translation>
    </message>
    <message>
        <source>the channel is not known</source>
        <translation>le canal n’est pas connu</translation>
    </message>
    <message>
        <source>the CAN adapter {name} ({kind}) is not there; is it plugged in? {reason}</source>
        <translation>l’adaptateur CAN {name} ({kind}) n’est pas là&#xa0;; est-il branché&#xa0;? {reason}</translation>
    </message>
    <message>
        <source>{why} ({reason})</source>
        <translation>{why} ({reason})</translation>
    </message>
    <message>
        <source>the link {quoted} is read-only</source>
        <translation>la liaison {quoted} est en lecture seule</translation>
    </message>
    <message>
        <source>no device of the link {quoted} has the profile {quoted2}</source>
        <translation>aucun appareil de la liaison {quoted} n’a le profil {quoted2}</translation>
    </message>
    <message>
        <source>{title} is only listened to: nothing is ever sent to it</source>
        <translation>{title} est seulement écouté&#xa0;: rien ne lui est jamais envoyé</translation>
    </message>
    <message>
        <source>no device with the profile {quoted} works: its profile or its set-up is wrong</source>
        <translation>aucun appareil du profil {quoted} ne fonctionne&#xa0;: son profil ou son réglage est faux</translation>
    </message>
    <message>
        <source>this device takes no such orders</source>
        <translation>cet appareil ne prend pas ces ordres</translation>
    </message>
    <message>
        <source>this link has no such switch</source>
        <translation>cette liaison n’a pas cet interrupteur</translation>
    </message>
    <message>
        <source>the link {quoted} only listens: allow transmission first</source>
        <translation>la liaison {quoted} écoute seulement&#xa0;: autorisez d’abord l’émission</translation>
    </message>
    <message>
        <source>transmission has been stopped</source>
        <translation>l’émission a été arrêtée</translation>
    </message>
    <message>
        <source>the CAN controller has switched itself off (bus-off): check bit rate, wiring, terminators</source>
        <translation>le contrôleur CAN s’est coupé (bus-off)&#xa0;: vérifiez débit, câblage, résistances de fin de ligne</translation>
    </message>
    <message>
        <source>the bus runs at {count} bit/s, this device at {count2} bit/s</source>
        <translation>le bus tourne à {count} bit/s, cet appareil à {count2} bit/s</translation>
    </message>
    <message>
        <source>nothing heard of it, though the bus is alive</source>
        <translation>rien entendu de lui, alors que le bus vit</translation>
    </message>
    <message>
        <source>nothing heard of number {count}, though the bus is alive</source>
        <translation>rien entendu du numéro {count}, alors que le bus vit</translation>
    </message>
    <message>
        <source>only errors are heard: is the bit rate {count} bit/s right?</source>
        <translation>on n’entend que des erreurs&#xa0;: le débit de {count} bit/s est-il le bon&#xa0;?</translation>
    </message>
    <message>
        <source>nothing is heard on the bus yet</source>
        <translation>on n’entend encore rien sur le bus</translation>
    </message>
    <message>
        <source>its alive counter stands still</source>
        <translation>son compteur de vie est figé</translation>
    </message>
    <message>
        <source>nothing heard for {value} s</source>
        <translation>rien entendu depuis {value} s</translation>
    </message>
    <message>
        <source>no CAN profile</source>
        <translation>pas de profil CAN</translation>
    </message>
    <message>
        <source>unit {address}: the devices of {name} have numbers from {low} to {high}</source>
        <translation>numéro {address}&#xa0;: les appareils de {name} ont des numéros de {low} à {high}</translation>
    </message>
    <message>
        <source>{name} is not a CAN profile</source>
        <translation>{name} n’est pas un profil CAN</translation>
    </message>
    <message>
        <source>{name} has no point</source>
        <translation>{name} n’a aucun point</translation>
    </message>
    <message>
        <source>{point}: a CAN frame holds no time of day</source>
        <translation>{point}&#xa0;: une trame CAN ne contient pas d’heure</translation>
    </message>
    <message>
        <source>{point}: a {type} needs signals of whole bytes</source>
        <translation>{point}&#xa0;: un {type} demande des signaux d’octets entiers</translation>
    </message>
    <message>
        <source>{point}: only a text, a hex or a version is spread over several signals</source>
        <translation>{point}&#xa0;: seuls un texte, un hex ou une version s’étendent sur plusieurs signaux</translation>
    </message>
    <message>
        <source>{point}: several factors cannot be tried on a signal with an offset</source>
        <translation>{point}&#xa0;: plusieurs facteurs ne peuvent pas être essayés sur un signal décalé</translation>
    </message>
    <message>
        <source>{point}: a {type} needs signals of whole numbers</source>
        <translation>{point}&#xa0;: une valeur de type {type} demande des signaux entiers</translation>
    </message>
    <message>
        <source>{point}: the factor or the offset of {name} is no number</source>
        <translation>{point}&#xa0;: le facteur ou le décalage de {name} n’est pas un nombre</translation>
    </message>
    <message>
        <source>{title} speaks with the same identifier {name}: only one of the two can be on this bus</source>
        <translation>{title} utilise le même identifiant {name}&#xa0;: un seul des deux appareils peut être sur ce bus</translation>
    </message>
    <message>
        <source>the DBC of this link has no frame to send to {title}: it is only listened to</source>
        <translation>le DBC de cette liaison ne contient aucune trame à envoyer à {title}&#xa0;: l’appareil est seulement écouté</translation>
    </message>
    <message>
        <source>{file}: the DBC cannot be read ({reason})</source>
        <translation>{file}&#xa0;: le DBC est illisible ({reason})</translation>
    </message>
    <message>
        <source>{file} is not a DBC ({text})</source>
        <translation>{file} n’est pas un DBC ({text})</translation>
    </message>
    <message>
        <source>the bit rate must be one of {known}</source>
        <translation>le débit doit être l’un de {known}</translation>
    </message>
    <message>
        <source>no such register</source>
        <translation>pas de tel registre</translation>
    </message>
    <message>
        <source>the search has failed by a fault of the program, see the log</source>
        <translation>la recherche a échoué par une erreur du programme, voir le journal</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>terminé</translation>
    </message>
    <message>
        <source>waiting for charging stations at {host}</source>
        <translation>attente des bornes à {host}</translation>
    </message>
    <message>
        <source>asking for SOLARMAN sticks on the network</source>
        <translation>recherche de clés SOLARMAN sur le réseau</translation>
    </message>
    <message>
        <source>the profile {name} is faulty and takes no part; see: wattelier profiles --check</source>
        <translation>le profil {name} est fautif et ne participe pas&#xa0;; voir&#xa0;: wattelier profiles --check</translation>
    </message>
    <message>
        <source>stopped before every question had been asked</source>
        <translation>arrêté avant que toutes les questions aient été posées</translation>
    </message>
    <message>
        <source>unit {address} was not asked</source>
        <translation>l’adresse {address} n’a pas été interrogée</translation>
    </message>
    <message>
        <source>unit {address} looks like {name}, for which there is no profile</source>
        <translation>l’adresse {address} ressemble à {name}, pour lequel il n’y a pas de profil</translation>
    </message>
    <message>
        <source>unit {address} answers, but no profile fits it</source>
        <translation>l’adresse {address} répond, mais aucun profil ne lui va</translation>
    </message>
    <message>
        <source>{known} fit about equally: the nameplate decides</source>
        <translation>{known} conviennent à peu près autant&#xa0;: la plaque signalétique tranche</translation>
    </message>
    <message>
        <source>the same device answers as unit {known} too</source>
        <translation>le même appareil répond aussi à l&apos;adresse {known}</translation>
    </message>
    <message>
        <source>listening on {name}</source>
        <translation>écoute de {name}</translation>
    </message>
    <message>
        <source>{name}: {count} bit/s, {text}, unit {address}</source>
        <translation>{name}&#xa0;: {count} bit/s, {text}, adresse {address}</translation>
    </message>
    <message>
        <source>{name}: unit {address} is spoken to by another master at {text}; take that off the line while you search</source>
        <translation>{name}&#xa0;: un autre maître parle à l’adresse {address} à {text}&#xa0;; retirez-le de la ligne pendant la recherche</translation>
    </message>
    <message>
        <source>trying {host}, port {port}</source>
        <translation>essai de {host}, port {port}</translation>
    </message>
    <message>
        <source>asking the stick at {host}</source>
        <translation>interrogation de la clé à {host}</translation>
    </message>
    <message>
        <source>{quoted}: a port is a number from 1 to 65535, as in 192.168.1.20:502 or :5020-5025</source>
        <translation>{quoted}&#xa0;: un port est un nombre de 1 à 65535, comme dans 192.168.1.20:502 ou :5020-5025</translation>
    </message>
    <message>
        <source>{quoted} names {count} ports; at most {count2} are tried at a time</source>
        <translation>{quoted} nomme {count} ports&#xa0;; au plus {count2} sont essayés à la fois</translation>
    </message>
    <message>
        <source>{range} holds {count} addresses; at most {count2} are tried at a time</source>
        <translation>{range} contient {count} adresses&#xa0;; au plus {count2} sont essayées à la fois</translation>
    </message>
    <message>
        <source>{quoted} is not an address; write for example 192.168.1.0/24, 192.168.1.10-40 or 192.168.1.20:502</source>
        <translation>{quoted} n’est pas une adresse&#xa0;; écrivez par exemple 192.168.1.0/24, 192.168.1.10-40 ou 192.168.1.20:502</translation>
    </message>
    <message>
        <source>{range}: the last address comes before the first</source>
        <translation>{range}&#xa0;: la dernière adresse vient avant la première</translation>
    </message>
    <message>
        <source>{range}: only private addresses are searched</source>
        <translation>{range}&#xa0;: on ne cherche que parmi les adresses privées</translation>
    </message>
    <message>
        <source>{range}: only this computer&apos;s own networks are searched: {known}</source>
        <translation>{range}&#xa0;: on ne cherche que dans les réseaux de cet ordinateur&#xa0;: {known}</translation>
    </message>
    <message>
        <source>a guess</source>
        <translation>une supposition</translation>
    </message>
    <message>
        <source>a unit number goes from 0 to 255</source>
        <translation>un numéro d’appareil va de 0 à 255</translation>
    </message>
    <message>
        <source>{quoted} is no place for charging stations; write for example 192.168.1.5:8887</source>
        <translation>{quoted} n’est pas un lieu pour des bornes&#xa0;; écrivez par exemple 192.168.1.5:8887</translation>
    </message>
    <message>
        <source>{identity} calls from {host}: {reason}</source>
        <translation>{identity} appelle de {host}&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>the unit numbers of a serial line go from 1 to 247</source>
        <translation>les numéros d’appareil d’une ligne série vont de 1 à 247</translation>
    </message>
    <message>
        <source>the speed must be one of {known}</source>
        <translation>la vitesse doit être l’une de {known}</translation>
    </message>
    <message>
        <source>the parity must be N, E or O</source>
        <translation>la parité doit être N, E ou O</translation>
    </message>
    <message>
        <source>unit {address} answers now and then only</source>
        <translation>l’adresse {address} ne répond que de temps en temps</translation>
    </message>
    <message>
        <source>port {port} is open at {host}, but nothing there speaks Modbus</source>
        <translation>le port {port} est ouvert à {host}, mais rien n’y parle Modbus</translation>
    </message>
    <message>
        <source>the stick at {host} is there, but the device behind it does not answer</source>
        <translation>la clé à {host} est là, mais l’appareil derrière elle ne répond pas</translation>
    </message>
    <message>
        <source>frames are heard, but no profile knows them: {known}</source>
        <translation>on entend des trames, mais aucun profil ne les connaît&#xa0;: {known}</translation>
    </message>
    <message>
        <source>the stick {serial} is here</source>
        <translation>la clé {serial} est ici</translation>
    </message>
    <message>
        <source>the charging station {name} is here</source>
        <translation>la borne {name} est ici</translation>
    </message>
    <message>
        <source>the router {name} is here</source>
        <translation>le routeur {name} est ici</translation>
    </message>
    <message>
        <source>the router has the address {host}</source>
        <translation>le routeur a l’adresse {host}</translation>
    </message>
    <message>
        <source>this is no capture of Wattelier</source>
        <translation>ce n’est pas une capture de Wattelier</translation>
    </message>
    <message>
        <source>a newer Wattelier has written this capture (format {count}): open it with that version</source>
        <translation>cette capture vient d’un Wattelier plus récent (format {count})&#xa0;: ouvrez-la avec cette version</translation>
    </message>
    <message>
        <source>it holds more than {count} exchanges</source>
        <translation>il contient plus de {count} échanges</translation>
    </message>
    <message>
        <source>what was read back is not what was written: do not rely on this capture</source>
        <translation>la relecture ne correspond pas à ce qui a été écrit&#xa0;: ne vous fiez pas à cette capture</translation>
    </message>
    <message>
        <source>not a station of this site: accept it to let it in</source>
        <translation>borne inconnue de ce site&#xa0;: acceptez-la pour la laisser se connecter</translation>
    </message>
    <message>
        <source>has no password in the site file: a network other than this computer&apos;s own needs one</source>
        <translation>n’a pas de mot de passe dans le fichier du site&#xa0;: il en faut un hors de cet ordinateur</translation>
    </message>
    <message>
        <source>the password does not match</source>
        <translation>le mot de passe ne correspond pas</translation>
    </message>
    <message>
        <source>the address must end with the identity of the station</source>
        <translation>l’adresse doit finir par l’identité de la borne</translation>
    </message>
    <message>
        <source>calls by SOAP (http): set OCPP 1.6 JSON and a ws:// address at the station</source>
        <translation>appelle en SOAP (http)&#xa0;: réglez la borne en OCPP 1.6 JSON avec une adresse ws://</translation>
    </message>
    <message>
        <source>the site has it as {quoted}: small and capital letters count</source>
        <translation>le site la connaît comme {quoted}&#xa0;: majuscules et minuscules comptent</translation>
    </message>
    <message>
        <source>the certificate or its key is not where the address of this link says</source>
        <translation>le certificat ou sa clé n’est pas là où l’adresse de cette liaison le dit</translation>
    </message>
    <message>
        <source>the certificate and its key cannot be used: PEM, and no password on the key</source>
        <translation>le certificat et sa clé sont inutilisables&#xa0;: format PEM, et clé sans mot de passe</translation>
    </message>
    <message>
        <source>it stays outside until it is in the site file</source>
        <translation>elle reste dehors tant qu’elle n’est pas dans le fichier du site</translation>
    </message>
    <message>
        <source>port {port} of {host} is in use by another program</source>
        <translation>le port {port} de {host} est pris par un autre programme</translation>
    </message>
    <message>
        <source>{host} is not an address of this computer</source>
        <translation>{host} n’est pas une adresse de cet ordinateur</translation>
    </message>
    <message>
        <source>no permission to listen on port {port}; take one above 1024</source>
        <translation>pas le droit d’écouter sur le port {port}&#xa0;; prenez-en un au-dessus de 1024</translation>
    </message>
    <message>
        <source>{host}:{port} cannot be listened on ({reason})</source>
        <translation>impossible d’écouter sur {host}:{port} ({reason})</translation>
    </message>
    <message>
        <source>too many stations have been let in; take them into the site first</source>
        <translation>trop de bornes ont été admises&#xa0;; prenez-les d’abord dans le site</translation>
    </message>
    <message>
        <source>the line {name} is not listening</source>
        <translation>la liaison {name} n’écoute pas</translation>
    </message>
    <message>
        <source>the charging station {name} is not connected</source>
        <translation>la borne {name} n’est pas connectée</translation>
    </message>
    <message>
        <source>the charging station is not connected</source>
        <translation>la borne n’est pas connectée</translation>
    </message>
    <message>
        <source>the station tells a longer text than is shown: blanks at its ends, hidden characters, or more than 500</source>
        <translation>la borne indique un texte plus long que celui affiché&#xa0;: espaces aux extrémités, caractères invisibles, ou plus de 500</translation>
    </message>
    <message>
        <source>needs the identity of the charging station</source>
        <translation>demande l’identité de la borne</translation>
    </message>
    <message>
        <source>the charging station {name} has not called yet</source>
        <translation>la borne {name} n’a pas encore appelé</translation>
    </message>
    <message>
        <source>a trial had begun and was not ended</source>
        <translation>un essai avait commencé et n’a pas été fini</translation>
    </message>
    <message>
        <source>comes in {unit}</source>
        <translation>vient en {unit}</translation>
    </message>
    <message>
        <source>comes in a plain number</source>
        <translation>vient en nombre sans unité</translation>
    </message>
    <message>
        <source>{quoted} is not a time</source>
        <translation>{quoted} n’est pas une heure</translation>
    </message>
    <message>
        <source>{quoted} is not in the list of its values</source>
        <translation>{quoted} n’est pas dans la liste de ses valeurs</translation>
    </message>
    <message>
        <source>{value} outside {low}…{high}</source>
        <translation>{value} hors de la plage {low}…{high}</translation>
    </message>
    <message>
        <source>the file of transactions {path} cannot be opened ({reason})</source>
        <translation>le fichier des transactions {path} ne s’ouvre pas ({reason})</translation>
    </message>
    <message>
        <source>the file of transactions {path} cannot be used ({reason})</source>
        <translation>le fichier des transactions {path} est inutilisable ({reason})</translation>
    </message>
    <message>
        <source>found running: its start is not known here</source>
        <translation>trouvée en cours&#xa0;: son début n’est pas connu ici</translation>
    </message>
    <message>
        <source>its start is not known here</source>
        <translation>son début n’est pas connu ici</translation>
    </message>
    <message>
        <source>every number of a transaction has been given out</source>
        <translation>tous les numéros de transaction ont été donnés</translation>
    </message>
    <message>
        <source>the transaction {count} has gone from its file</source>
        <translation>la transaction {count} a disparu de son fichier</translation>
    </message>
    <message>
        <source>the station has begun another transaction on this connector</source>
        <translation>la borne a commencé une autre transaction sur cette prise</translation>
    </message>
    <message>
        <source>the station says that the connector is available</source>
        <translation>la borne dit que la prise est libre</translation>
    </message>
    <message>
        <source>the station counts for another transaction on this connector</source>
        <translation>la borne compte pour une autre transaction sur cette prise</translation>
    </message>
    <message>
        <source>the station names no unit</source>
        <translation>la borne ne donne pas d’unité</translation>
    </message>
    <message>
        <source>the station gives it in {text}</source>
        <translation>la borne la donne en {text}</translation>
    </message>
    <message>
        <source>the message is not JSON</source>
        <translation>le message n’est pas du JSON</translation>
    </message>
    <message>
        <source>the message is not a JSON list, as OCPP 1.6J wants it</source>
        <translation>le message n’est pas une liste JSON, comme le veut OCPP 1.6J</translation>
    </message>
    <message>
        <source>the message is nested too deeply</source>
        <translation>le message est imbriqué trop profondément</translation>
    </message>
    <message>
        <source>the message is neither a call nor an answer of OCPP 1.6J</source>
        <translation>le message n’est ni un appel ni une réponse d’OCPP 1.6J</translation>
    </message>
    <message>
        <source>the message has no usable number</source>
        <translation>le message n’a pas de numéro utilisable</translation>
    </message>
    <message>
        <source>the call names no action</source>
        <translation>l’appel ne nomme pas d’action</translation>
    </message>
    <message>
        <source>the payload of the message is not a JSON object</source>
        <translation>le contenu du message n’est pas un objet JSON</translation>
    </message>
    <message>
        <source>the charging station {name} does not answer {action} within {value} s</source>
        <translation>la borne {name} ne répond pas à {action} en {value} s</translation>
    </message>
    <message>
        <source>the charging station {name} refuses {action}: {reason}</source>
        <translation>la borne {name} refuse {action}&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>the connection to the charging station {name} has ended</source>
        <translation>la connexion avec la borne {name} est finie</translation>
    </message>
    <message>
        <source>no reason</source>
        <translation>pas de motif</translation>
    </message>
    <message>
        <source>set before the station was restarted</source>
        <translation>réglé avant le redémarrage de la borne</translation>
    </message>
    <message>
        <source>measured while the station says that nothing flows</source>
        <translation>mesuré alors que la borne annonce qu&apos;aucun courant ne passe</translation>
    </message>
    <message>
        <source>the station&apos;s meter has gone back during the session</source>
        <translation>le compteur de la borne est revenu en arrière pendant la session</translation>
    </message>
    <message>
        <source>the station&apos;s meter does not count on from its value at the start of the session</source>
        <translation>le compteur de la borne ne part pas de l&apos;index annoncé au début de la session</translation>
    </message>
    <message>
        <source>the time stamps of the station do not fit the time here</source>
        <translation>les heures de la borne ne s’accordent pas avec l’heure d’ici</translation>
    </message>
    <message>
        <source>a charging station has no order {quoted}</source>
        <translation>une borne n’a pas d’ordre {quoted}</translation>
    </message>
    <message>
        <source>the current of this station is not limited through OCPP, but by its other protocol</source>
        <translation>le courant de cette borne n’est pas limité par OCPP, mais par son autre protocole</translation>
    </message>
    <message>
        <source>the current of this station is limited through {quoted}, not here</source>
        <translation>le courant de cette borne est limité par {quoted}, pas ici</translation>
    </message>
    <message>
        <source>the order needs {name}</source>
        <translation>l’ordre demande {name}</translation>
    </message>
    <message>
        <source>{name} must be a whole number</source>
        <translation>{name} doit être un nombre entier</translation>
    </message>
    <message>
        <source>no transaction runs on this connector</source>
        <translation>aucune transaction en cours sur cette prise</translation>
    </message>
    <message>
        <source>the charging station does not announce {name}; it announces: {known}</source>
        <translation>la borne n’annonce pas {name}&#xa0;; elle annonce&#xa0;: {known}</translation>
    </message>
    <message>
        <source>the charging station answers {text} to {action}</source>
        <translation>la borne répond {text} à {action}</translation>
    </message>
    <message>
        <source>the charging station answers {text} to {action}: {reason}</source>
        <translation>la borne répond {text} à {action}&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>it does not do this now</source>
        <translation>elle ne le fait pas maintenant</translation>
    </message>
    <message>
        <source>it does not support this</source>
        <translation>elle ne le propose pas</translation>
    </message>
    <message>
        <source>it does not know this</source>
        <translation>elle ne le connaît pas</translation>
    </message>
    <message>
        <source>the lock has not opened; is the cable under tension?</source>
        <translation>le verrou ne s’est pas ouvert&#xa0;; le câble tire-t-il&#xa0;?</translation>
    </message>
    <message>
        <source>the connector is in use</source>
        <translation>la prise est occupée</translation>
    </message>
    <message>
        <source>the connector has a fault</source>
        <translation>la prise est en défaut</translation>
    </message>
    <message>
        <source>the connector is out of service</source>
        <translation>la prise est hors service</translation>
    </message>
    <message>
        <source>it could not take the list</source>
        <translation>elle n’a pas pu prendre la liste</translation>
    </message>
    <message>
        <source>it has a newer list</source>
        <translation>elle a une liste plus récente</translation>
    </message>
    <message>
        <source>it has no such reservation</source>
        <translation>elle n’a pas cette réservation</translation>
    </message>
    <message>
        <source>a badge has at most 20 characters</source>
        <translation>un badge a au plus 20 caractères</translation>
    </message>
    <message>
        <source>the limit must be 0 (a pause) or from {value} to {value2} A</source>
        <translation>la limite doit être 0 (une pause) ou de {value} à {value2} A</translation>
    </message>
    <message>
        <source>phases must be 1, 2 or 3</source>
        <translation>phases doit être 1, 2 ou 3</translation>
    </message>
    <message>
        <source>the charging station has not taken the limit</source>
        <translation>la borne n’a pas pris la limite</translation>
    </message>
    <message>
        <source>this station takes limits in watts only: say on how many phases it charges (phases)</source>
        <translation>cette borne ne prend que des limites en watts&#xa0;: dites sur combien de phases elle charge (phases)</translation>
    </message>
    <message>
        <source>the charging station gives no schedule</source>
        <translation>la borne ne donne pas de programme</translation>
    </message>
    <message>
        <source>an unlock is for one connector</source>
        <translation>un déverrouillage vise une seule prise</translation>
    </message>
    <message>
        <source>type must be soft or hard</source>
        <translation>type doit être soft ou hard</translation>
    </message>
    <message>
        <source>type must be operative or inoperative</source>
        <translation>type doit être operative ou inoperative</translation>
    </message>
    <message>
        <source>the key {name} is read-only</source>
        <translation>la clé {name} est en lecture seule</translation>
    </message>
    <message>
        <source>the configuration of this station is with {quoted}</source>
        <translation>la configuration de cette borne se trouve sous {quoted}</translation>
    </message>
    <message>
        <source>the station has no such key</source>
        <translation>la borne n’a pas cette clé</translation>
    </message>
    <message>
        <source>the station does not tell this key</source>
        <translation>la borne ne donne pas cette clé</translation>
    </message>
    <message>
        <source>the station has not told this yet</source>
        <translation>la borne ne l’a pas encore indiqué</translation>
    </message>
    <message>
        <source>a charging station takes one key at a time</source>
        <translation>une borne prend une seule clé à la fois</translation>
    </message>
    <message>
        <source>this is no key of the station&apos;s configuration</source>
        <translation>ce n’est pas une clé de la configuration de la borne</translation>
    </message>
    <message>
        <source>this cannot be put into words of the station: {reason}</source>
        <translation>cela ne peut pas s’écrire comme la borne l’attend&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>the station would hold {text}</source>
        <translation>la borne aurait {text}</translation>
    </message>
    <message>
        <source>how the station writes this is not known: it has not told it</source>
        <translation>on ne sait pas comment la borne écrit cela&#xa0;: elle ne l’a pas indiqué</translation>
    </message>
    <message>
        <source>it begins or ends with a blank, or holds what cannot be seen</source>
        <translation>il y a un blanc au début ou à la fin, ou un caractère invisible</translation>
    </message>
    <message>
        <source>it answers {text}: {reason}</source>
        <translation>la borne répond {text}&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>it answers {quoted}, which is no answer of OCPP</source>
        <translation>la borne répond {quoted}, ce qui n’est pas une réponse d’OCPP</translation>
    </message>
    <message>
        <source>it does not take this value</source>
        <translation>valeur non acceptée</translation>
    </message>
    <message>
        <source>it has no such key</source>
        <translation>cette clé n’existe pas</translation>
    </message>
    <message>
        <source>takes effect after a restart of the station</source>
        <translation>prend effet après un redémarrage de la borne</translation>
    </message>
    <message>
        <source>nobody waits for this any more; nothing was sent</source>
        <translation>plus personne n’attend cela&#xa0;; rien n’a été envoyé</translation>
    </message>
    <message>
        <source>no file: the station has nothing to upload</source>
        <translation>pas de fichier&#xa0;: la borne n’a rien à déposer</translation>
    </message>
    <message>
        <source>message must be one of {known}</source>
        <translation>message doit être l’un de {known}</translation>
    </message>
    <message>
        <source>the charging station gives no version</source>
        <translation>la borne ne donne pas de version</translation>
    </message>
    <message>
        <source>{name} must be a JSON object</source>
        <translation>{name} doit être un objet JSON</translation>
    </message>
    <message>
        <source>a line seems to be broken in two before a comment or a gap</source>
        <translation>une ligne semble coupée en deux devant un commentaire ou une ligne vide</translation>
    </message>
    <message>
        <source>was written by a newer Wattelier ({step}); open it with that version</source>
        <translation>a été écrit par un Wattelier plus récent ({step})&#xa0;; ouvrez-le avec cette version</translation>
    </message>
    <message>
        <source>there is a device of that name already</source>
        <translation>il y a déjà un appareil de ce nom</translation>
    </message>
    <message>
        <source>there is a link of that name already</source>
        <translation>il y a déjà une liaison de ce nom</translation>
    </message>
    <message>
        <source>there is no section {quoted}; there are {known}</source>
        <translation>il n’y a pas de rubrique {quoted}&#xa0;; il y a {known}</translation>
    </message>
    <message>
        <source>there is no such entry</source>
        <translation>il n’y a pas de telle entrée</translation>
    </message>
    <message>
        <source>cannot be written: {reason}</source>
        <translation>ne peut pas être écrit&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>has been changed by somebody else meanwhile; nothing was written</source>
        <translation>a été modifié entre-temps par quelqu’un d’autre&#xa0;; rien n’a été écrit</translation>
    </message>
    <message>
        <source>{where}: the file is written in a way that cannot be changed here; edit it by hand</source>
        <translation>{where}&#xa0;: le fichier est écrit d’une manière qui ne se modifie pas ici&#xa0;; modifiez-le à la main</translation>
    </message>
    <message>
        <source>has the same unit {address} on the same line as {quoted}</source>
        <translation>a la même adresse {address} sur la même ligne que {quoted}</translation>
    </message>
    <message>
        <source>{name} does not speak on a link of the kind {quoted}, but on {known}</source>
        <translation>{name} ne parle pas sur une liaison du genre {quoted}, mais sur {known}</translation>
    </message>
    <message>
        <source>needs the identity of the charging station: station: NAME</source>
        <translation>demande l’identité de la borne&#xa0;: station: NOM</translation>
    </message>
    <message>
        <source>transmit is for a CAN link with read_only: false</source>
        <translation>transmit est pour une liaison CAN avec read_only: false</translation>
    </message>
    <message>
        <source>transmit names {quoted}, which no device of this link has as its profile</source>
        <translation>transmit nomme {quoted}, qu’aucun appareil de cette liaison n’a pour profil</translation>
    </message>
    <message>
        <source>same_as must name another device, which has no same_as itself, not {quoted}</source>
        <translation>same_as doit nommer un autre appareil, lui-même sans same_as, pas {quoted}</translation>
    </message>
    <message>
        <source>is the same machine as {quoted}, but has another role</source>
        <translation>est la même machine que {quoted}, mais a un autre rôle</translation>
    </message>
    <message>
        <source>exactly one of {known} may limit the current: set limits_current</source>
        <translation>un seul de {known} peut limiter le courant&#xa0;: réglez limits_current</translation>
    </message>
    <message>
        <source>limits_current: false is for one of two devices that are the same machine (same_as)</source>
        <translation>limits_current: false n’a de sens que pour l’un de deux appareils qui sont la même machine (same_as)</translation>
    </message>
    <message>
        <source>listens at the same address as {quoted}</source>
        <translation>écoute à la même adresse que {quoted}</translation>
    </message>
    <message>
        <source>station is for a device on an OCPP link</source>
        <translation>station ne concerne que les appareils d’une liaison OCPP</translation>
    </message>
    <message>
        <source>must be from {low} to {high} on this bus</source>
        <translation>doit être compris entre {low} et {high} sur ce bus</translation>
    </message>
    <message>
        <source>its devices speak at {known} bit/s: the address must say which (bitrate=…)</source>
        <translation>ses appareils parlent à {known} bit/s&#xa0;: l’adresse doit dire lequel (bitrate=…)</translation>
    </message>
    <message>
        <source>a site needs at least one link</source>
        <translation>un site demande au moins une liaison</translation>
    </message>
    <message>
        <source>must be 1 or 3</source>
        <translation>doit être 1 ou 3</translation>
    </message>
    <message>
        <source>{name} is a device of the kind {quoted}; it cannot have the role {quoted2}</source>
        <translation>{name} est un appareil du genre {quoted}&#xa0;; il ne peut pas avoir le rôle {quoted2}</translation>
    </message>
    <message>
        <source>{quoted} is not a time zone such as Europe/Paris</source>
        <translation>{quoted} n’est pas un fuseau horaire tel que Europe/Paris</translation>
    </message>
    <message>
        <source>{quoted} is not a power such as 18 kVA</source>
        <translation>{quoted} n’est pas une puissance telle que 18 kVA</translation>
    </message>
    <message>
        <source>{quoted} is not one of {known} min</source>
        <translation>{quoted} n’est pas l’un de {known} min</translation>
    </message>
    <message>
        <source>a name here holds small letters, digits, - and _ only</source>
        <translation>un nom ne contient ici que des minuscules, des chiffres, - et _</translation>
    </message>
    <message>
        <source>the name &apos;site&apos; is kept for the site&apos;s own values</source>
        <translation>le nom «&#xa0;site&#xa0;» est réservé aux valeurs du site lui-même</translation>
    </message>
    <message>
        <source>there is no link {quoted}; the site has {known}</source>
        <translation>il n’y a pas de liaison {quoted}&#xa0;; le site a {known}</translation>
    </message>
    <message>
        <source>must be from 0 to 255</source>
        <translation>doit être de 0 à 255</translation>
    </message>
    <message>
        <source>{name} has no group {quoted}</source>
        <translation>{name} n’a pas de groupe {quoted}</translation>
    </message>
    <message>
        <source>{quoted} is not a link; write for example tcp://192.168.1.20:502 or rtu:///dev/ttyUSB0?baud=9600</source>
        <translation>{quoted} n’est pas une liaison&#xa0;; écrivez par exemple tcp://192.168.1.20:502 ou rtu:///dev/ttyUSB0?baud=9600</translation>
    </message>
    <message>
        <source>{quoted} is not an address</source>
        <translation>{quoted} n’est pas une adresse</translation>
    </message>
    <message>
        <source>{quoted} names no serial port</source>
        <translation>{quoted} ne nomme pas de port série</translation>
    </message>
    <message>
        <source>{quoted}: unknown kind of link {quoted2}; known are rtu, can, {known}</source>
        <translation>{quoted}&#xa0;: genre de liaison inconnu {quoted2}&#xa0;; on connaît rtu, can, {known}</translation>
    </message>
    <message>
        <source>{quoted}: the port must be a number from 1 to 65535</source>
        <translation>{quoted}&#xa0;: le port doit être un nombre de 1 à 65535</translation>
    </message>
    <message>
        <source>{quoted} holds a blank</source>
        <translation>{quoted} contient une espace</translation>
    </message>
    <message>
        <source>{quoted} names no host</source>
        <translation>{quoted} ne nomme pas de machine</translation>
    </message>
    <message>
        <source>{quoted}: unknown setting {quoted2}; known are {known}</source>
        <translation>{quoted}&#xa0;: réglage inconnu {quoted2}&#xa0;; on connaît {known}</translation>
    </message>
    <message>
        <source>{quoted}: serial must be the number printed on the stick, at most 10 digits</source>
        <translation>{quoted}&#xa0;: serial doit être le numéro imprimé sur la clé, au plus 10 chiffres</translation>
    </message>
    <message>
        <source>{quoted}: unit must be from 0 to 255</source>
        <translation>{quoted}&#xa0;: unit doit être de 0 à 255</translation>
    </message>
    <message>
        <source>{quoted}: cert and key go together</source>
        <translation>{quoted}&#xa0;: cert et key vont ensemble</translation>
    </message>
    <message>
        <source>{quoted}: unknown CAN interface {quoted2}; known are {known}</source>
        <translation>{quoted}&#xa0;: interface CAN inconnue {quoted2}&#xa0;; on connaît {known}</translation>
    </message>
    <message>
        <source>{quoted} names no channel; write for example can://socketcan/can0 or can://slcan/COM5</source>
        <translation>{quoted} ne nomme pas de canal&#xa0;; écrivez par exemple can://socketcan/can0 ou can://slcan/COM5</translation>
    </message>
    <message>
        <source>{quoted}: unknown setting {quoted2}; known are bitrate, dbc</source>
        <translation>{quoted}&#xa0;: réglage inconnu {quoted2}&#xa0;; on connaît bitrate, dbc</translation>
    </message>
    <message>
        <source>{quoted}: bitrate must be one of {known}</source>
        <translation>{quoted}&#xa0;: bitrate doit être l’un de {known}</translation>
    </message>
    <message>
        <source>{quoted}: baud must be one of {known}</source>
        <translation>{quoted}&#xa0;: baud doit être l’un de {known}</translation>
    </message>
    <message>
        <source>{quoted}: parity must be N, E or O</source>
        <translation>{quoted}&#xa0;: parity doit être N, E ou O</translation>
    </message>
    <message>
        <source>{quoted}: stop must be 1 or 2</source>
        <translation>{quoted}&#xa0;: stop doit être 1 ou 2</translation>
    </message>
    <message>
        <source>{quoted}: bits must be 7 or 8</source>
        <translation>{quoted}&#xa0;: bits doit être 7 ou 8</translation>
    </message>
    <message>
        <source>sets {name} to {quoted}, which is no option of this profile</source>
        <translation>met {name} à {quoted}, qui n’est pas une option de ce profil</translation>
    </message>
    <message>
        <source>there is no file {quoted} in the profile&apos;s folder</source>
        <translation>il n’y a pas de fichier {quoted} dans le dossier du profil</translation>
    </message>
    <message>
        <source>must be [first, last]</source>
        <translation>doit être [premier, dernier]</translation>
    </message>
    <message>
        <source>{quoted} is not like EMS_Request.RequestId=1</source>
        <translation>{quoted} n’est pas comme EMS_Request.RequestId=1</translation>
    </message>
    <message>
        <source>{name} is already the condition: one probe has one; write a second probe</source>
        <translation>{name} est déjà la condition&#xa0;: une sonde en a une&#xa0;; écrivez une seconde sonde</translation>
    </message>
    <message>
        <source>needs a condition: {known}</source>
        <translation>demande une condition&#xa0;: {known}</translation>
    </message>
    <message>
        <source>{quoted} is not a type of number</source>
        <translation>{quoted} n’est pas un type de nombre</translation>
    </message>
    <message>
        <source>{quoted} is not refused or yes</source>
        <translation>{quoted} n’est ni refused ni yes</translation>
    </message>
    <message>
        <source>must lie between 0 and 1</source>
        <translation>doit être entre 0 et 1</translation>
    </message>
    <message>
        <source>{quoted} is not a place such as {example}</source>
        <translation>{quoted} n’est pas un emplacement tel que {example}</translation>
    </message>
    <message>
        <source>it has {count} characters; at most {count2} are possible</source>
        <translation>{count} caractères saisis&#xa0;; {count2} au plus sont possibles</translation>
    </message>
    <message>
        <source>{quoted} is not a code</source>
        <translation>{quoted} n’est pas un code</translation>
    </message>
    <message>
        <source>a line break or another invisible character is not possible here</source>
        <translation>un saut de ligne ou un autre caractère invisible n’est pas possible ici</translation>
    </message>
    <message>
        <source>a quotation mark is not possible here</source>
        <translation>un guillemet n’est pas possible ici</translation>
    </message>
    <message>
        <source>a # or ; at the beginning or after a blank would begin a comment</source>
        <translation>un # ou un point-virgule au début ou après un espace ouvrirait un commentaire</translation>
    </message>
    <message>
        <source>enter a whole number from {low} to {high}</source>
        <translation>saisissez un nombre entier de {low} à {high}</translation>
    </message>
    <message>
        <source>enter a whole number</source>
        <translation>saisissez un nombre entier</translation>
    </message>
    <message>
        <source>enter a port from 1 to 65535</source>
        <translation>saisissez un port de 1 à 65535</translation>
    </message>
    <message>
        <source>enter yes or no</source>
        <translation>saisissez oui ou non</translation>
    </message>
    <message>
        <source>enter one of {known}</source>
        <translation>saisissez une valeur parmi {known}</translation>
    </message>
    <message>
        <source>it must not be empty</source>
        <translation>ce champ ne doit pas être vide</translation>
    </message>
    <message>
        <source>only capital letters A to Z, digits, blanks and + are possible</source>
        <translation>seuls les majuscules A à Z, les chiffres, l’espace et + sont possibles</translation>
    </message>
    <message>
        <source>no blanks are possible here</source>
        <translation>aucun espace n’est possible ici</translation>
    </message>
    <message>
        <source>enter the name or the address of a server, such as pool.ntp.org</source>
        <translation>saisissez le nom ou l’adresse d’un serveur, par exemple pool.ntp.org</translation>
    </message>
    <message>
        <source>it must begin with http://, ws:// or wss:// and hold no blanks</source>
        <translation>l’adresse doit commencer par http://, ws:// ou wss:// et ne contenir aucun espace</translation>
    </message>
    <message>
        <source>enter an address such as 192.168.0.102</source>
        <translation>saisissez une adresse telle que 192.168.0.102</translation>
    </message>
    <message>
        <source>enter an e-mail address such as name@example.org</source>
        <translation>saisissez une adresse e-mail telle que nom@example.org</translation>
    </message>
    <message>
        <source>separate the e-mail addresses by semicolons, without blanks</source>
        <translation>séparez les adresses e-mail par des points-virgules, sans espace</translation>
    </message>
    <message>
        <source>{key} is a secret: it is set on the station itself, and kept here as it is</source>
        <translation>{key} est un secret&#xa0;: il se règle sur la borne et reste ici tel quel</translation>
    </message>
    <message>
        <source>{key} stands {count} times in its section: which one counts is not known</source>
        <translation>{key} figure {count} fois dans sa section&#xa0;: on ne sait pas laquelle compte</translation>
    </message>
    <message>
        <source>{key} is not in the manual: it is kept as it is</source>
        <translation>{key} ne figure pas dans le manuel&#xa0;: la valeur reste telle quelle</translation>
    </message>
    <message>
        <source>{key} may be changed by the role {role}</source>
        <translation>{key} se modifie avec le rôle {role}</translation>
    </message>
    <message>
        <source>the codes of {key} are not published: set it on the station or copy it from another file</source>
        <translation>les codes de {key} ne sont pas publiés&#xa0;: réglez-le sur la borne ou reprenez-le d’un autre fichier</translation>
    </message>
    <message>
        <source>{key} is not to be changed, says the manual</source>
        <translation>{key} n’est pas à modifier, selon le manuel</translation>
    </message>
    <message>
        <source>the manual does not list {key} among the parameters: its limits are not known</source>
        <translation>le manuel ne cite pas {key} parmi les paramètres&#xa0;: ses limites ne sont pas connues</translation>
    </message>
    <message>
        <source>the meaning of {key} is known from its name only</source>
        <translation>le sens de {key} n’est connu que par son nom</translation>
    </message>
    <message>
        <source>the file has no key {key}</source>
        <translation>le fichier n’a pas de clé {key}</translation>
    </message>
    <message>
        <source>enter the password in this address in full, or leave it out</source>
        <translation>saisissez en entier le mot de passe de cette adresse, ou retirez-le</translation>
    </message>
    <message>
        <source>the file cannot be changed without disturbing the rest of it: nothing was changed</source>
        <translation>le fichier ne peut pas être modifié sans toucher au reste&#xa0;: rien n’a été modifié</translation>
    </message>
    <message>
        <source>the file can hold letters of western Europe only</source>
        <translation>le fichier n’admet que les lettres d’Europe de l’Ouest</translation>
    </message>
    <message>
        <source>the file holds letters without accents, digits and signs only</source>
        <translation>le fichier n’admet que des lettres sans accent, des chiffres et des signes</translation>
    </message>
    <message>
        <source>the file is larger than 1 MB: it is no EVlink configuration</source>
        <translation>le fichier dépasse 1 Mo&#xa0;: ce n’est pas une configuration EVlink</translation>
    </message>
    <message>
        <source>the file has more than {count} entries: it is no EVlink configuration</source>
        <translation>le fichier compte plus de {count} entrées&#xa0;: ce n’est pas une configuration EVlink</translation>
    </message>
    <message>
        <source>OCPP 1.6 works over ws:// and wss:// only, not over http://</source>
        <translation>OCPP 1.6 fonctionne en ws:// et wss:// uniquement, pas en http://</translation>
    </message>
    <message>
        <source>clock-aligned values are for a station with an energy meter selected</source>
        <translation>les valeurs à heure ronde supposent qu’un compteur d’énergie est sélectionné</translation>
    </message>
    <message>
        <source>it must not be above the rated current, {value} A</source>
        <translation>la valeur ne doit pas dépasser le courant nominal, {value} A</translation>
    </message>
    <message>
        <source>the shedding set-point must not be above the derated current, {value} A</source>
        <translation>la consigne de délestage ne doit pas dépasser le courant déclassé, {value} A</translation>
    </message>
    <message>
        <source>{value} A acts as 0 A (on City and Parking with load balancing)</source>
        <translation>{value} A agit comme 0&#x202f;A (sur City et Parking avec l’équilibrage des charges)</translation>
    </message>
    <message>
        <source>{value} A acts as 0 A for a three-phase charge (on City and Parking with load balancing)</source>
        <translation>{value} A agit comme 0&#x202f;A pour une charge triphasée (sur City et Parking avec l’équilibrage des charges)</translation>
    </message>
    <message>
        <source>authentication is on, but there is no user</source>
        <translation>l’authentification est activée, mais il n’y a pas d’utilisateur</translation>
    </message>
    <message>
        <source>the left file has no such key: keys are not added</source>
        <translation>le fichier de gauche n’a pas cette clé&#xa0;: aucune clé n’est ajoutée</translation>
    </message>
    <message>
        <source>the right side has no such value</source>
        <translation>le côté droit n’a pas cette valeur</translation>
    </message>
    <message>
        <source>the station has not told this value since it is connected</source>
        <translation>la borne n’a pas donné cette valeur depuis qu’elle est connectée</translation>
    </message>
    <message>
        <source>a value with a password in it is never copied</source>
        <translation>une valeur qui contient un mot de passe n’est jamais reprise</translation>
    </message>
    <message>
        <source>there is no value to take over</source>
        <translation>il n’y a pas de valeur à reprendre</translation>
    </message>
    <message>
        <source>not both files say their model: compare the commercial references on the labels</source>
        <translation>les deux fichiers ne disent pas leur modèle&#xa0;: comparez les références commerciales sur les étiquettes</translation>
    </message>
    <message>
        <source>the left file is of {reference} ({product}), the right one of {reference2} ({product2})</source>
        <translation>le fichier de gauche vient de {reference} ({product}), celui de droite de {reference2} ({product2})</translation>
    </message>
    <message>
        <source>the stations are built differently: {key} is {text} here and {text2} there</source>
        <translation>les bornes ne sont pas construites pareil&#xa0;: {key} vaut {text} ici et {text2} là</translation>
    </message>
    <message>
        <source>the two files are of different models</source>
        <translation>les deux fichiers viennent de modèles différents</translation>
    </message>
    <message>
        <source>the stations are built differently</source>
        <translation>les bornes ne sont pas construites pareil</translation>
    </message>
    <message>
        <source>{count} keys stand only in the left file and {count2} only in the right one: probably another firmware</source>
        <translation>{count} clés ne sont que dans le fichier de gauche et {count2} que dans celui de droite&#xa0;: sans doute un autre micrologiciel</translation>
    </message>
    <message>
        <source>a configuration file does not say its firmware: compare model and firmware with those of the station</source>
        <translation>un fichier de configuration ne dit pas son micrologiciel&#xa0;: comparez modèle et micrologiciel à ceux de la borne</translation>
    </message>
    <message>
        <source>the file is of the station {quoted}, this one is {quoted2}</source>
        <translation>le fichier vient de la borne {quoted}, celle-ci est {quoted2}</translation>
    </message>
    <message>
        <source>this is no EVlink configuration: none of its keys is known</source>
        <translation>ce n’est pas une configuration EVlink&#xa0;: aucune de ses clés n’est connue</translation>
    </message>
    <message>
        <source>this would replace the original file</source>
        <translation>cela remplacerait le fichier original</translation>
    </message>
    <message>
        <source>the original has been changed by somebody else meanwhile: nothing was written</source>
        <translation>l’original a été modifié entre-temps par quelqu’un d’autre&#xa0;: rien n’a été écrit</translation>
    </message>
    <message>
        <source>what was read back is not what was written: do not use this file</source>
        <translation>ce qui a été relu n’est pas ce qui a été écrit&#xa0;: n’utilisez pas ce fichier</translation>
    </message>
    <message>
        <source>sign in first: this needs the role {role}</source>
        <translation>connectez-vous d’abord&#xa0;: il faut le rôle {role}</translation>
    </message>
    <message>
        <source>{name} has the role {role}: this needs the role {role2}</source>
        <translation>{name} a le rôle {role}&#xa0;: il faut le rôle {role2}</translation>
    </message>
    <message>
        <source>name and password are not right together</source>
        <translation>le nom ou le mot de passe est erroné</translation>
    </message>
    <message>
        <source>too many wrong passwords: {why}</source>
        <translation>trop de mots de passe erronés&#xa0;: {why}</translation>
    </message>
    <message>
        <source>wait {count} s</source>
        <translation>attendez {count}&#x202f;s</translation>
    </message>
    <message>
        <source>wait {count} min</source>
        <translation>attendez {count}&#x202f;min</translation>
    </message>
    <message>
        <source>this account is disabled: an administrator can enable it</source>
        <translation>ce compte est désactivé&#xa0;: un administrateur peut le réactiver</translation>
    </message>
    <message>
        <source>this password was set by an administrator: choose a new one</source>
        <translation>ce mot de passe a été défini par un administrateur&#xa0;: choisissez-en un nouveau</translation>
    </message>
    <message>
        <source>this account has been changed meanwhile</source>
        <translation>ce compte a été modifié entre-temps</translation>
    </message>
    <message>
        <source>this site has its administrator already: sign in</source>
        <translation>ce site a déjà son administrateur&#xa0;: connectez-vous</translation>
    </message>
    <message>
        <source>there is an account of that name already</source>
        <translation>il existe déjà un compte de ce nom</translation>
    </message>
    <message>
        <source>there is no such account any more</source>
        <translation>ce compte n’existe plus</translation>
    </message>
    <message>
        <source>a site keeps at least one administrator who can sign in</source>
        <translation>un site garde au moins un administrateur qui peut se connecter</translation>
    </message>
    <message>
        <source>a name has 1 to {count} characters</source>
        <translation>un nom compte de 1 à {count} caractères</translation>
    </message>
    <message>
        <source>a name is made of letters, digits and signs that can be seen</source>
        <translation>un nom se compose de lettres, de chiffres et de signes visibles</translation>
    </message>
    <message>
        <source>the new password is the old one</source>
        <translation>le nouveau mot de passe est identique à l’ancien</translation>
    </message>
    <message>
        <source>a password has at least {count} characters</source>
        <translation>un mot de passe compte au moins {count} caractères</translation>
    </message>
    <message>
        <source>a password has at most {count} characters</source>
        <translation>un mot de passe compte au plus {count} caractères</translation>
    </message>
    <message>
        <source>the password must not contain the name</source>
        <translation>le mot de passe ne doit pas contenir le nom</translation>
    </message>
    <message>
        <source>this is among the first passwords that anybody would try</source>
        <translation>ce mot de passe est l’un des premiers que l’on essaierait</translation>
    </message>
    <message>
        <source>this is set on the device&apos;s own screen</source>
        <translation>cela se règle sur l’écran de l’appareil</translation>
    </message>
    <message>
        <source>unit 0 is every device on this line: give it the number of its own</source>
        <translation>l’unité 0 désigne tous les appareils de cette ligne&#xa0;: donnez-lui son propre numéro</translation>
    </message>
    <message>
        <source>this register is only inferred: compare it on site and confirm it first</source>
        <translation>ce registre est seulement déduit&#xa0;: comparez-le sur site et confirmez d’abord</translation>
    </message>
    <message>
        <source>read it first: what the device holds now is not known</source>
        <translation>lisez d’abord&#xa0;: la valeur actuelle de l’appareil n’est pas connue</translation>
    </message>
    <message>
        <source>{key} is asked for twice</source>
        <translation>{key} est demandé deux fois</translation>
    </message>
    <message>
        <source>there is no parameter {key}</source>
        <translation>il n’y a pas de paramètre {key}</translation>
    </message>
    <message>
        <source>there is no value</source>
        <translation>il n’y a pas de valeur</translation>
    </message>
    <message>
        <source>{text} is not one of its bits</source>
        <translation>{text} n’est pas un de ses bits</translation>
    </message>
    <message>
        <source>{text} is not one of its choices</source>
        <translation>{text} n’est pas un de ses choix</translation>
    </message>
    <message>
        <source>this is not a number</source>
        <translation>ce n’est pas un nombre</translation>
    </message>
    <message>
        <source>a text has at most {count} characters</source>
        <translation>un texte a au plus {count} caractères</translation>
    </message>
    <message>
        <source>a text has only visible characters</source>
        <translation>un texte n’a que des caractères visibles</translation>
    </message>
    <message>
        <source>a text has no blanks at its ends</source>
        <translation>un texte ne commence ni ne finit par une espace</translation>
    </message>
    <message>
        <source>{value} {unit} is outside {low} … {high} {unit2}</source>
        <translation>{value} {unit} est en dehors de {low} … {high} {unit2}</translation>
    </message>
    <message>
        <source>{value} is outside {low} … {high}</source>
        <translation>{value} est en dehors de {low} … {high}</translation>
    </message>
    <message>
        <source>{value} is between two steps of {value2}: {value3} is the nearest</source>
        <translation>{value} est entre deux pas de {value2}&#xa0;: le plus proche est {value3}</translation>
    </message>
    <message>
        <source>the register would hold {text}</source>
        <translation>le registre contiendrait {text}</translation>
    </message>
    <message>
        <source>the register would hold something else</source>
        <translation>le registre contiendrait autre chose</translation>
    </message>
    <message>
        <source>automation has written this register {count} times in a day, which is its limit</source>
        <translation>l’automatisme a écrit ce registre {count} fois en un jour, c’est sa limite</translation>
    </message>
    <message>
        <source>automation has written this register less than a minute ago</source>
        <translation>l’automatisme a écrit ce registre il y a moins d’une minute</translation>
    </message>
    <message>
        <source>{device}/{point}: {why}</source>
        <translation>{device}/{point}&#xa0;: {why}</translation>
    </message>
    <message>
        <source>the parameters of this device cannot be reached over its link</source>
        <translation>les paramètres de cet appareil ne sont pas accessibles par sa liaison</translation>
    </message>
    <message>
        <source>nothing is to be written: the device already holds these values</source>
        <translation>il n’y a rien à écrire&#xa0;: l’appareil a déjà ces valeurs</translation>
    </message>
    <message>
        <source>this needs a reason, since it concerns: {danger}</source>
        <translation>il faut un motif, car cela concerne&#xa0;: {danger}</translation>
    </message>
    <message>
        <source>this needs a second confirmation, since it concerns: {danger}</source>
        <translation>il faut une seconde confirmation, car cela concerne&#xa0;: {danger}</translation>
    </message>
    <message>
        <source>grid code</source>
        <translation>code réseau</translation>
    </message>
    <message>
        <source>protection</source>
        <translation>seuils de protection</translation>
    </message>
    <message>
        <source>restart</source>
        <translation>redémarrage</translation>
    </message>
    <message>
        <source>reach</source>
        <translation>accès à l’appareil</translation>
    </message>
    <message>
        <source>this site keeps no journal, so nothing may be written</source>
        <translation>ce site ne tient pas de journal, donc rien ne peut être écrit</translation>
    </message>
    <message>
        <source>the site&apos;s book is not open yet; try again in a moment</source>
        <translation>le registre du site n’est pas encore ouvert&#xa0;; réessayez dans un instant</translation>
    </message>
    <message>
        <source>the site&apos;s book cannot be opened, so nothing may be written: {reason}</source>
        <translation>le registre du site ne peut pas être ouvert, donc rien ne peut être écrit&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>the site&apos;s book cannot be opened, so nothing was written: {reason}</source>
        <translation>le registre du site ne peut pas être ouvert, donc rien n’a été écrit&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>the site&apos;s book cannot be written, so nothing may be written: {reason}</source>
        <translation>le registre du site ne peut pas être écrit, donc rien ne peut l’être dans un appareil&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>too many runs are waiting</source>
        <translation>trop d’écritures attendent</translation>
    </message>
    <message>
        <source>this run is not there any more, or has not ended yet</source>
        <translation>cette écriture n’est plus là, ou n’est pas encore terminée</translation>
    </message>
    <message>
        <source>there is nothing to put back: nothing was changed, or it cannot be read</source>
        <translation>il n’y a rien à rétablir&#xa0;: rien n’a été changé, ou la valeur ne peut pas être lue</translation>
    </message>
    <message>
        <source>a secret cannot be put back: what it was is not known, and what was sent not kept</source>
        <translation>un secret ne peut pas être rétabli&#xa0;: l’ancien n’est pas connu, et celui envoyé n’est pas conservé</translation>
    </message>
    <message>
        <source>undo of run {count}</source>
        <translation>annulation de l’écriture n° {count}</translation>
    </message>
    <message>
        <source>another program has this site open: only that one may write to its devices, as long as it runs</source>
        <translation>un autre programme a ouvert ce site&#xa0;: lui seul peut écrire dans ses appareils tant qu’il fonctionne</translation>
    </message>
    <message>
        <source>this register is not inferred: there is nothing to confirm</source>
        <translation>ce registre n’est pas déduit&#xa0;: il n’y a rien à confirmer</translation>
    </message>
    <message>
        <source>say what it was compared with</source>
        <translation>dites avec quoi vous avez comparé</translation>
    </message>
    <message>
        <source>{path} cannot be used: {reason}</source>
        <translation>{path} ne peut pas être utilisé&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>{path} is an SQLite file of another program, not a Wattelier site book.</source>
        <translation>{path} est un fichier SQLite d’un autre programme, pas un registre de site Wattelier.</translation>
    </message>
    <message>
        <source>stopped before this line</source>
        <translation>arrêté avant cette ligne</translation>
    </message>
    <message>
        <source>an earlier line failed</source>
        <translation>une ligne précédente a échoué</translation>
    </message>
    <message>
        <source>another value of the same block failed</source>
        <translation>une autre valeur du même bloc a échoué</translation>
    </message>
    <message>
        <source>it could not be read before, so nothing was written: {reason}</source>
        <translation>la valeur d’avant n’a pas pu être lue, donc rien n’a été écrit&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>pas de valeur</translation>
    </message>
    <message>
        <source>the journal cannot be written, so nothing was sent: {reason}</source>
        <translation>le journal ne peut pas être écrit, donc rien n’a été envoyé&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>it was {text} when it was read and is {text2} now: look again</source>
        <translation>la valeur était {text} à la lecture et est {text2} maintenant&#xa0;: regardez à nouveau</translation>
    </message>
    <message>
        <source>nothing was written: {reason}</source>
        <translation>rien n’a été écrit&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>the device refuses: {reason}</source>
        <translation>l’appareil refuse&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>it still holds {text}</source>
        <translation>il a toujours {text}</translation>
    </message>
    <message>
        <source>the device said yes and still holds {text}: the write had no effect</source>
        <translation>l’appareil a dit oui et a toujours {text}&#xa0;: l’écriture est restée sans effet</translation>
    </message>
    <message>
        <source>the device said yes ({reason}) and still holds {text}</source>
        <translation>l’appareil a dit oui ({reason}) et a toujours {text}</translation>
    </message>
    <message>
        <source>it was to hold {text} and holds {text2}</source>
        <translation>il devait avoir {text} et a {text2}</translation>
    </message>
    <message>
        <source>it was to hold {text}, and what was read back is not plausible: {reason}</source>
        <translation>valeur attendue {text}, et la valeur relue n’est pas plausible&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>yet it holds the new value</source>
        <translation>il a pourtant la nouvelle valeur</translation>
    </message>
    <message>
        <source>it holds the new value, and may not go by it</source>
        <translation>il contient la nouvelle valeur, mais ne l’applique peut-être pas</translation>
    </message>
    <message>
        <source>the device tells no value of it, so it cannot be proven</source>
        <translation>l’appareil n’en indique pas la valeur&#xa0;: l’écriture ne peut pas être prouvée</translation>
    </message>
    <message>
        <source>told without a value</source>
        <translation>indiqué sans valeur</translation>
    </message>
    <message>
        <source>it could not be read back with certainty: {reason}</source>
        <translation>relecture incertaine&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>it could not be read back ({reason}): what the device holds now is not known</source>
        <translation>la valeur n’a pas pu être relue ({reason})&#xa0;: la valeur actuelle de l’appareil n’est pas connue</translation>
    </message>
    <message>
        <source>the line was lost while it was written: {reason}</source>
        <translation>la liaison a été perdue pendant l’écriture&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>the device did not answer the write</source>
        <translation>l’appareil n’a pas répondu à l’écriture</translation>
    </message>
    <message>
        <source>the device did not answer the write ({reason})</source>
        <translation>l’appareil n’a pas répondu à l’écriture ({reason})</translation>
    </message>
    <message>
        <source>the device could not be asked what came of it: {reason}</source>
        <translation>on n’a pas pu demander à l’appareil ce qu’il en est&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>the device reports error 0x{text} for this block</source>
        <translation>l’appareil signale l’erreur 0x{text} pour ce bloc</translation>
    </message>
    <message>
        <source>the device is still busy with this block</source>
        <translation>l’appareil est encore occupé par ce bloc</translation>
    </message>
    <message>
        <source>closed while the device was busy with this block</source>
        <translation>fermé alors que l’appareil était occupé par ce bloc</translation>
    </message>
    <message>
        <source>the line did not come to it in time; nothing was sent</source>
        <translation>la liaison n’y est pas arrivée à temps&#xa0;; rien n’a été envoyé</translation>
    </message>
    <message>
        <source>the line did not come to it; nothing was sent</source>
        <translation>la ligne n’y est pas parvenue&#xa0;; rien n’a été envoyé</translation>
    </message>
    <message>
        <source>no outcome in time</source>
        <translation>pas de résultat à temps</translation>
    </message>
    <message>
        <source>the line {name} is read-only</source>
        <translation>la liaison {name} est en lecture seule</translation>
    </message>
    <message>
        <source>the parameters of {name} cannot be reached over the line {name2}</source>
        <translation>les paramètres de {name} ne sont pas accessibles par la liaison {name2}</translation>
    </message>
    <message>
        <source>function {count} is the maker&apos;s own</source>
        <translation>la fonction {count} est propre au fabricant</translation>
    </message>
    <message>
        <source>its registers do not lie side by side</source>
        <translation>ses registres ne se suivent pas</translation>
    </message>
    <message>
        <source>function {count} writes one register, and this takes {count2}</source>
        <translation>la fonction {count} écrit un registre, et il en faut {count2}</translation>
    </message>
    <message>
        <source>this cannot be put into registers: {reason}</source>
        <translation>cela ne peut pas être mis en registres&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>they would hold {text}</source>
        <translation>ils contiendraient {text}</translation>
    </message>
    <message>
        <source>only one register can be written in part</source>
        <translation>un seul registre peut être écrit en partie</translation>
    </message>
    <message>
        <source>the program is being closed</source>
        <translation>le programme se ferme</translation>
    </message>
    <message>
        <source>this outcome could not be written into the journal: {reason}</source>
        <translation>ce résultat n’a pas pu être inscrit au journal&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>{count} answers to somebody else were heard on this link since the write</source>
        <translation>{count} réponses destinées à un autre ont été entendues sur cette liaison depuis l’écriture</translation>
    </message>
    <message>
        <source>the stick also serves the maker&apos;s server, which may hold a schedule or a setting</source>
        <translation>la clé sert aussi le serveur du fabricant, qui peut avoir un programme horaire ou un réglage</translation>
    </message>
    <message>
        <source>the value from before is back: the device has undone it itself, or has a time-table</source>
        <translation>la valeur d’avant est revenue&#xa0;: l’appareil l’a annulée lui-même, ou suit un programme horaire</translation>
    </message>
    <message>
        <source>it is neither the old nor the new value: somebody else has written it</source>
        <translation>ce n’est ni l’ancienne ni la nouvelle valeur&#xa0;: quelqu’un d’autre l’a écrite</translation>
    </message>
    <message>
        <source>ended by the operator</source>
        <translation>arrêtée par l’opérateur</translation>
    </message>
    <message>
        <source>written anew</source>
        <translation>réécrit</translation>
    </message>
    <message>
        <source>last read differently</source>
        <translation>dernière lecture différente</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>non relu</translation>
    </message>
    <message>
        <source>this cannot be read</source>
        <translation>lecture impossible</translation>
    </message>
    <message>
        <source>not read since {text}</source>
        <translation>non relu depuis {text}</translation>
    </message>
    <message>
        <source>cut short: the program was closed</source>
        <translation>écourtée&#xa0;: le programme a été fermé</translation>
    </message>
    <message>
        <source>line {count} does not continue line {count2}: one of them is not the one that was written</source>
        <translation>la ligne {count} ne suit pas la ligne {count2}&#xa0;: l’une des deux n’est pas celle qui a été écrite</translation>
    </message>
    <message>
        <source>line {count} is not the one that was written: it has been changed afterwards</source>
        <translation>la ligne {count} n’est pas celle qui a été écrite&#xa0;: elle a été modifiée après coup</translation>
    </message>
    <message>
        <source>line {count} is not the one that the head of the journal names</source>
        <translation>la ligne {count} n’est pas celle que nomme la tête du journal</translation>
    </message>
    <message>
        <source>line {count} has been removed</source>
        <translation>la ligne {count} a été supprimée</translation>
    </message>
    <message>
        <source>the lines {count} to {count2} have been removed</source>
        <translation>les lignes {count} à {count2} ont été supprimées</translation>
    </message>
    <message>
        <source>line {count} has been cut off the end</source>
        <translation>la ligne {count} a été coupée à la fin</translation>
    </message>
    <message>
        <source>the lines {count} to {count2} have been cut off the end</source>
        <translation>les lignes {count} à {count2} ont été coupées à la fin</translation>
    </message>
    <message>
        <source>no parameter belongs to it</source>
        <translation>aucun paramètre n’en fait partie</translation>
    </message>
    <message>
        <source>there is no point and no unmapped entry {quoted}</source>
        <translation>il n’y a ni point ni entrée «&#xa0;unmapped&#xa0;» {quoted}</translation>
    </message>
    <message>
        <source>there is no section {quoted} in parameters.yaml</source>
        <translation>il n’y a pas de section {quoted} dans parameters.yaml</translation>
    </message>
    <message>
        <source>there is no block {quoted} in parameters.yaml</source>
        <translation>il n’y a pas de bloc {quoted} dans parameters.yaml</translation>
    </message>
    <message>
        <source>cannot be written, so it needs its path on the device&apos;s own screen</source>
        <translation>ne peut être écrit&#xa0;: il faut son chemin sur l’écran de l’appareil</translation>
    </message>
    <message>
        <source>a command needs a point that can be written</source>
        <translation>un ordre demande un point que l’on peut écrire</translation>
    </message>
    <message>
        <source>cannot be read back, so it can only be a command</source>
        <translation>ne peut être relu&#xa0;: ce ne peut être qu’un ordre</translation>
    </message>
    <message>
        <source>{text} may not write what {text2} does not see</source>
        <translation>{text} ne peut écrire ce que {text2} ne voit pas</translation>
    </message>
    <message>
        <source>only a number has bounds and a step</source>
        <translation>seul un nombre a des bornes et un pas</translation>
    </message>
    <message>
        <source>needs low and high: what is written must have bounds</source>
        <translation>low et high sont nécessaires&#xa0;: ce qui s’écrit doit avoir des bornes</translation>
    </message>
    <message>
        <source>{value} is outside the plausible range of the point</source>
        <translation>{value} est hors de la plage plausible du point</translation>
    </message>
    <message>
        <source>must be more than 0</source>
        <translation>doit être supérieur à 0</translation>
    </message>
    <message>
        <source>must be a multiple of {value}, the step of the register</source>
        <translation>doit être un multiple de {value}, le pas du registre</translation>
    </message>
    <message>
        <source>the point has no choice {quoted}</source>
        <translation>le point n’a pas de choix {quoted}</translation>
    </message>
    <message>
        <source>only a point can have a factory value</source>
        <translation>seul un point peut avoir une valeur d’usine</translation>
    </message>
    <message>
        <source>{quoted} is not a value of this point</source>
        <translation>{quoted} n’est pas une valeur de ce point</translation>
    </message>
    <message>
        <source>only a register that can be written lies in a block</source>
        <translation>seul un registre que l’on peut écrire est dans un bloc</translation>
    </message>
    <message>
        <source>register {address} is outside the block</source>
        <translation>le registre {address} est hors du bloc</translation>
    </message>
    <message>
        <source>a companion of the block cannot be a parameter too</source>
        <translation>un compagnon du bloc ne peut pas être aussi un paramètre</translation>
    </message>
    <message>
        <source>is written with function {count}, the block with {count2}</source>
        <translation>s’écrit avec la fonction {count}, le bloc avec la {count2}</translation>
    </message>
    <message>
        <source>is empty, though the other language is not</source>
        <translation>est vide, alors que l’autre langue ne l’est pas</translation>
    </message>
    <message>
        <source>first … last must lie in 0 … 0xFFFF, in this order</source>
        <translation>first … last doivent être entre 0 et 0xFFFF, dans cet ordre</translation>
    </message>
    <message>
        <source>{count} registers are more than the {count2} of one request</source>
        <translation>{count} registres dépassent les {count2} d’une requête</translation>
    </message>
    <message>
        <source>crosses a boundary that no request may cross</source>
        <translation>franchit une limite qu’aucune requête ne doit franchir</translation>
    </message>
    <message>
        <source>register {address} is neither in the block nor its commit register</source>
        <translation>le registre {address} n’est ni dans le bloc ni son registre de validation</translation>
    </message>
    <message>
        <source>the commit register needs its word among the companions</source>
        <translation>le registre de validation doit avoir son mot parmi les compagnons</translation>
    </message>
    <message>
        <source>0 means done</source>
        <translation>0 signifie terminé</translation>
    </message>
    <message>
        <source>a register and its word are at most 0xFFFF</source>
        <translation>un registre et son mot valent au plus 0xFFFF</translation>
    </message>
    <message>
        <source>this is no snapshot of Wattelier</source>
        <translation>ce n’est pas un relevé de Wattelier</translation>
    </message>
    <message>
        <source>a newer Wattelier has written this snapshot (format {count}): open it with that version</source>
        <translation>ce relevé vient d’un Wattelier plus récent (format {count})&#xa0;: ouvrez-le avec cette version</translation>
    </message>
    <message>
        <source>this snapshot cannot be read: {reason}</source>
        <translation>ce relevé est illisible&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>needs either value or not_read</source>
        <translation>doit contenir soit value, soit not_read</translation>
    </message>
    <message>
        <source>of a secret only set or not set is kept</source>
        <translation>d’un secret, seul set ou not set est conservé</translation>
    </message>
    <message>
        <source>must be a number, a text or a list of texts</source>
        <translation>doit être un nombre, un texte ou une liste de textes</translation>
    </message>
    <message>
        <source>must be a time such as 2026-11-28T21:40:00+01:00</source>
        <translation>doit être une date et heure comme 2026-11-28T21:40:00+01:00</translation>
    </message>
    <message>
        <source>choose another folder: the snapshots of a site are never overwritten</source>
        <translation>choisissez un autre dossier&#xa0;: les relevés d’un site ne sont jamais écrasés</translation>
    </message>
    <message>
        <source>copy for the role {role}, values left out that it may not see: {count}</source>
        <translation>copie pour le rôle {role}, valeurs omises car il ne les voit pas&#xa0;: {count}</translation>
    </message>
    <message>
        <source>the original had been changed after it was written</source>
        <translation>l’original avait été modifié après son écriture</translation>
    </message>
    <message>
        <source>the snapshot has been changed by somebody else meanwhile: nothing was written</source>
        <translation>le relevé a été modifié entre-temps par quelqu’un d’autre&#xa0;: rien n’a été écrit</translation>
    </message>
    <message>
        <source>what was read back is not what was written: do not rely on this snapshot</source>
        <translation>la relecture ne correspond pas à ce qui a été écrit&#xa0;: ne vous fiez pas à ce relevé</translation>
    </message>
    <message>
        <source>too many snapshots in one minute</source>
        <translation>trop de relevés dans la même minute</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>pas encore lu</translation>
    </message>
    <message>
        <source>an order: it cannot be read</source>
        <translation>un ordre&#xa0;: il ne se relit pas</translation>
    </message>
    <message>
        <source>set on the device&apos;s own screen: no register holds it</source>
        <translation>se règle sur l’écran de l’appareil&#xa0;: aucun registre ne le contient</translation>
    </message>
    <message>
        <source>no register gives it back</source>
        <translation>aucun registre ne le restitue</translation>
    </message>
    <message>
        <source>the device gives no value</source>
        <translation>l’appareil ne donne pas de valeur</translation>
    </message>
    <message>
        <source>the link is switched off</source>
        <translation>la liaison est désactivée</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>pas de réponse à temps</translation>
    </message>
    <message>
        <source>the profiles differ ({profile}, {profile2}): only what bears the same name in both is compared</source>
        <translation>les profils diffèrent ({profile}, {profile2})&#xa0;: seul ce qui porte le même nom des deux côtés est comparé</translation>
    </message>
    <message>
        <source>it is another device under the same name: serial number {serial}, then {serial2}</source>
        <translation>c’est un autre appareil sous le même nom&#xa0;: numéro de série {serial}, puis {serial2}</translation>
    </message>
    <message>
        <source>the left file has been changed after it was written</source>
        <translation>le fichier de gauche a été modifié après son écriture</translation>
    </message>
    <message>
        <source>the right file has been changed after it was written</source>
        <translation>le fichier de droite a été modifié après son écriture</translation>
    </message>
    <message>
        <source>on the left, {title} was not read to the end: {reason}</source>
        <translation>à gauche, la lecture de {title} n’est pas complète&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>on the right, {title} was not read to the end: {reason}</source>
        <translation>à droite, la lecture de {title} n’est pas complète&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>on the left: {reason}</source>
        <translation>à gauche&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>on the right: {reason}</source>
        <translation>à droite&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>it says what the device is, and is not set</source>
        <translation>cela identifie l’appareil et ne se règle pas</translation>
    </message>
    <message>
        <source>this device has no such parameter</source>
        <translation>cet appareil n’a pas ce paramètre</translation>
    </message>
    <message>
        <source>a secret is never taken over</source>
        <translation>un secret n’est jamais repris</translation>
    </message>
    <message>
        <source>an order is never taken over</source>
        <translation>un ordre n’est jamais repris</translation>
    </message>
    <message>
        <source>the value is not to be relied on</source>
        <translation>cette valeur n’est pas fiable</translation>
    </message>
    <message>
        <source>it is in another unit</source>
        <translation>elle est dans une autre unité</translation>
    </message>
    <message>
        <source>this is a text: put it in quotes</source>
        <translation>c’est un texte&#xa0;: mettez-le entre guillemets</translation>
    </message>
    <message>
        <source>a snapshot is being taken already</source>
        <translation>un relevé est déjà en cours</translation>
    </message>
    <message>
        <source>there is no device of which this could be taken</source>
        <translation>aucun appareil ne peut faire l’objet de ce relevé</translation>
    </message>
    <message>
        <source>stopped: nothing was kept</source>
        <translation>arrêté&#xa0;: rien n’a été conservé</translation>
    </message>
    <message>
        <source>a fault of the program, see the log</source>
        <translation>défaut du programme, voir le journal technique</translation>
    </message>
    <message>
        <source>no device could be read: it is tried again at the next start</source>
        <translation>aucun appareil n’a pu être lu&#xa0;: nouvel essai au prochain démarrage</translation>
    </message>
    <message>
        <source>{title} was not read to the end: {reason}</source>
        <translation>la lecture de {title} n’est pas complète&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>{count} of its parameters had been written by this program before</source>
        <translation>nombre de ses paramètres déjà écrits par ce programme auparavant&#xa0;: {count}</translation>
    </message>
    <message>
        <source>as found</source>
        <translation>état trouvé</translation>
    </message>
    <message>
        <source>as left</source>
        <translation>état laissé</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>relevé manuel</translation>
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
        <source>Locks in {0}: press a key or move the mouse</source>
        <translation>Verrouillage dans {0}&#xa0;: appuyez sur une touche ou bougez la souris</translation>
    </message>
    <message>
        <source>What each link may do</source>
        <translation>Ce que chaque liaison peut faire</translation>
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
        <source>About Wattelier…</source>
        <translation>À propos de Wattelier…</translation>
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
        <source>1 point</source>
        <translation>1 point</translation>
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
        <source>{0} of 1 link</source>
        <translation>{0} liaison sur 1</translation>
    </message>
    <message>
        <source>None of {0} links</source>
        <translation>Aucune liaison sur {0}</translation>
    </message>
    <message>
        <source>1 of {0} links</source>
        <translation>1 liaison sur {0}</translation>
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
    <name>snapshots</name>
    <message>
        <source>As found</source>
        <translation>État trouvé</translation>
    </message>
    <message>
        <source>As left</source>
        <translation>État laissé</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>Relevé manuel</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Référence</translation>
    </message>
    <message>
        <source>checksum right</source>
        <translation>somme de contrôle correcte</translation>
    </message>
    <message>
        <source>changed after it was written</source>
        <translation>modifié après son écriture</translation>
    </message>
    <message>
        <source>no checksum</source>
        <translation>sans somme de contrôle</translation>
    </message>
    <message>
        <source>by {0}</source>
        <translation>par {0}</translation>
    </message>
    <message>
        <source>by the program itself</source>
        <translation>automatique</translation>
    </message>
    <message>
        <source>{0} and {1} more</source>
        <translation>{0} et {1} autres</translation>
    </message>
    <message>
        <source>Not read to the end: {0}</source>
        <translation>Lecture incomplète&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Simulated devices</source>
        <translation>Appareils simulés</translation>
    </message>
    <message>
        <source>Now, as last read</source>
        <translation>Maintenant, dernière lecture</translation>
    </message>
    <message>
        <source>same</source>
        <translation>identique</translation>
    </message>
    <message>
        <source>different</source>
        <translation>différent</translation>
    </message>
    <message>
        <source>only left</source>
        <translation>à gauche seulement</translation>
    </message>
    <message>
        <source>only right</source>
        <translation>à droite seulement</translation>
    </message>
    <message>
        <source>not comparable</source>
        <translation>non comparable</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identité</translation>
    </message>
    <message>
        <source>not in it</source>
        <translation>absent</translation>
    </message>
    <message>
        <source>last told long ago</source>
        <translation>donné il y a longtemps</translation>
    </message>
    <message>
        <source>not to be relied on</source>
        <translation>non fiable</translation>
    </message>
    <message>
        <source>Register: {0}</source>
        <translation>Registre&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Raw: {0}</source>
        <translation>Brut&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Read: {0}</source>
        <translation>Lu&#xa0;: {0}</translation>
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
        <source>not shown</source>
        <translation>non montré</translation>
    </message>
    <message>
        <source>What stood there</source>
        <translation>Ce qui s’y trouvait</translation>
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
        <source>options: {0} in the site file</source>
        <translation>options: {0} dans le fichier du site</translation>
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
        <source>Path</source>
        <translation>Chemin</translation>
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
        <source>not set</source>
        <translation>non réglé</translation>
    </message>
    <message>
        <source>set</source>
        <translation>réglé</translation>
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
        <source>heard</source>
        <translation>entendu</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>envoyé</translation>
    </message>
    <message>
        <source>node {0}</source>
        <translation>nœud {0}</translation>
    </message>
    <message>
        <source>the whole bus</source>
        <translation>tout le bus</translation>
    </message>
    <message>
        <source>station {0}, connector {1}</source>
        <translation>borne {0}, prise {1}</translation>
    </message>
    <message>
        <source>station {0}</source>
        <translation>borne {0}</translation>
    </message>
    <message>
        <source>address {0}</source>
        <translation>adresse {0}</translation>
    </message>
    <message>
        <source>link down</source>
        <translation>liaison coupée</translation>
    </message>
</context>
<context>
    <name>writing</name>
    <message>
        <source>a new one</source>
        <translation>une nouvelle valeur</translation>
    </message>
    <message>
        <source>Writing is not allowed on the link {0}: allow it on the Links page.</source>
        <translation>L’écriture n’est pas autorisée sur la liaison {0}&#xa0;: autorisez-la dans la page Liaisons.</translation>
    </message>
    <message>
        <source>Links page</source>
        <translation>Page Liaisons</translation>
    </message>
    <message>
        <source>Nobody is signed in: sign in to write.</source>
        <translation>Personne n’est connecté&#xa0;: connectez-vous pour écrire.</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Se connecter…</translation>
    </message>
    <message>
        <source>This needs the role {0}: somebody who has it signs in.</source>
        <translation>Il faut le rôle {0}&#xa0;: une personne ayant ce rôle doit se connecter.</translation>
    </message>
    <message>
        <source>{0} is only inferred: compare it on site, then confirm it.</source>
        <translation>{0} est seulement déduit&#xa0;: comparez sur site, puis confirmez.</translation>
    </message>
    <message>
        <source>Compare and confirm…</source>
        <translation>Comparer et confirmer…</translation>
    </message>
    <message>
        <source>{0}: read it first, so that what is replaced is known.</source>
        <translation>{0}&#xa0;: lisez d’abord, pour savoir ce qui est remplacé.</translation>
    </message>
    <message>
        <source>Read all</source>
        <translation>Lire tout</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>en attente</translation>
    </message>
    <message>
        <source>reading what it holds before…</source>
        <translation>lecture de la valeur avant…</translation>
    </message>
    <message>
        <source>writing…</source>
        <translation>écriture…</translation>
    </message>
    <message>
        <source>reading back…</source>
        <translation>relecture…</translation>
    </message>
    <message>
        <source>written, read back, identical</source>
        <translation>écrit, relu, identique</translation>
    </message>
    <message>
        <source>sent and accepted; it cannot be read back</source>
        <translation>envoyé et accepté&#xa0;; ne peut pas être relu</translation>
    </message>
    <message>
        <source>already so: nothing was written</source>
        <translation>déjà ainsi&#xa0;: rien n’a été écrit</translation>
    </message>
    <message>
        <source>refused: nothing was changed</source>
        <translation>refusé&#xa0;: rien n’a changé</translation>
    </message>
    <message>
        <source>nothing was written</source>
        <translation>rien n’a été écrit</translation>
    </message>
    <message>
        <source>no answer: nothing was changed</source>
        <translation>sans réponse&#xa0;: rien n’a changé</translation>
    </message>
    <message>
        <source>not readable: nothing was written</source>
        <translation>illisible&#xa0;: rien n’a été écrit</translation>
    </message>
    <message>
        <source>changed meanwhile: nothing was written</source>
        <translation>changé entre-temps&#xa0;: rien n’a été écrit</translation>
    </message>
    <message>
        <source>accepted, but nothing has changed</source>
        <translation>accepté, mais rien n’a changé</translation>
    </message>
    <message>
        <source>written, but the device holds something else</source>
        <translation>écrit, mais l’appareil a une autre valeur</translation>
    </message>
    <message>
        <source>written, but what was read back is outside its range</source>
        <translation>écrit, mais la valeur relue est hors plage</translation>
    </message>
    <message>
        <source>not known whether it was written</source>
        <translation>on ne sait pas si c’est écrit</translation>
    </message>
    <message>
        <source>not reached: nothing was written</source>
        <translation>non atteint&#xa0;: rien n’a été écrit</translation>
    </message>
    <message>
        <source>read back: {0}</source>
        <translation>relu&#xa0;: {0}</translation>
    </message>
    <message>
        <source>Nothing had to be written: the devices hold these values</source>
        <translation>Rien à écrire&#xa0;: les appareils ont ces valeurs</translation>
    </message>
    <message>
        <source>Sent and accepted</source>
        <translation>Envoyé et accepté</translation>
    </message>
    <message>
        <source>What cannot be read back is not proven: see what the device does now.</source>
        <translation>Ce qui ne peut pas être relu n’est pas prouvé&#xa0;: regardez ce que fait l’appareil.</translation>
    </message>
    <message>
        <source>Put back, read back and identical</source>
        <translation>Rétabli, relu et identique</translation>
    </message>
    <message>
        <source>Set, read back and identical</source>
        <translation>Réglé, relu et identique</translation>
    </message>
    <message>
        <source>The values are watched for 15 minutes.</source>
        <translation>Les valeurs sont surveillées 15 minutes.</translation>
    </message>
    <message>
        <source>Putting back {0} of {1}</source>
        <translation>Rétablissement {0} sur {1}</translation>
    </message>
    <message>
        <source>Writing {0} of {1}</source>
        <translation>Écriture {0} sur {1}</translation>
    </message>
    <message>
        <source>Stopped before the end</source>
        <translation>Arrêté avant la fin</translation>
    </message>
    <message>
        <source>Put back what was written, or leave it as it is and write the rest later.</source>
        <translation>Rétablissez ce qui a été écrit, ou laissez ainsi et écrivez le reste plus tard.</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}&#xa0;: {1}</translation>
    </message>
    <message>
        <source>Not set: the device refuses</source>
        <translation>Non réglé&#xa0;: l’appareil refuse</translation>
    </message>
    <message>
        <source>Not set: nothing was written</source>
        <translation>Non réglé&#xa0;: rien n’a été écrit</translation>
    </message>
    <message>
        <source>Not set: the link or the answer was lost; its value is unchanged</source>
        <translation>Non réglé&#xa0;: la liaison ou la réponse s’est perdue&#x202f;; la valeur est inchangée</translation>
    </message>
    <message>
        <source>Not set: the device could not be read before</source>
        <translation>Non réglé&#xa0;: l’appareil n’a pas pu être lu avant l’écriture</translation>
    </message>
    <message>
        <source>Not set: the value has changed meanwhile</source>
        <translation>Non réglé&#xa0;: la valeur a changé entre-temps</translation>
    </message>
    <message>
        <source>Not set: the device accepts it; its value is unchanged</source>
        <translation>Non réglé&#xa0;: l’appareil accepte, mais la valeur est inchangée</translation>
    </message>
    <message>
        <source>Not as asked: the device holds something else</source>
        <translation>Pas comme demandé&#xa0;: l’appareil a une autre valeur</translation>
    </message>
    <message>
        <source>Not as asked: what was read back is outside its range</source>
        <translation>Pas comme demandé&#xa0;: la valeur relue est hors plage</translation>
    </message>
    <message>
        <source>Not proven: no answer to trust</source>
        <translation>Non prouvé&#xa0;: pas de réponse fiable</translation>
    </message>
    <message>
        <source>it was {0} when you read it and is {1} now.</source>
        <translation>la valeur était {0} à votre lecture et est {1} maintenant.</translation>
    </message>
    <message>
        <source>the device said yes ({1}) and still holds {0}.</source>
        <translation>l’appareil a accepté l’écriture ({1}) et contient toujours {0}.</translation>
    </message>
    <message>
        <source>the device said yes and still holds {0}.</source>
        <translation>l’appareil a accepté l’écriture et contient toujours {0}.</translation>
    </message>
    <message>
        <source>{0} was written, and {1} was read back.</source>
        <translation>{0} a été écrit, et {1} a été relu.</translation>
    </message>
    <message>
        <source>{0}; it still holds {1}.</source>
        <translation>{0}&#x202f;; la valeur reste {1}.</translation>
    </message>
    <message>
        <source>Written: {0}.</source>
        <translation>Écrit&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>Perhaps written: {0}.</source>
        <translation>Peut-être écrit&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>Nothing was changed in any device.</source>
        <translation>Rien n’a changé dans aucun appareil.</translation>
    </message>
    <message>
        <source>Not reached: {0}.</source>
        <translation>Non atteint&#xa0;: {0}.</translation>
    </message>
    <message>
        <source>Do what the device says, then read all: only what is read counts.</source>
        <translation>Faites ce que l’appareil demande, puis lisez tout&#xa0;: seul compte ce qui est lu.</translation>
    </message>
    <message>
        <source>Check the reason given, then on the device itself whether this value is locked or remote control is off.</source>
        <translation>Voyez le motif indiqué, puis vérifiez sur l’appareil si cette valeur est verrouillée ou le contrôle à distance désactivé.</translation>
    </message>
    <message>
        <source>Check the reason given, then try again.</source>
        <translation>Voyez le motif indiqué, puis réessayez.</translation>
    </message>
    <message>
        <source>The scale of this register is not what was expected: correct the value at the device itself, and do not write it from here.</source>
        <translation>L’échelle de ce registre n’est pas celle attendue&#xa0;: corrigez la valeur sur l’appareil, ne l’écrivez plus d’ici.</translation>
    </message>
    <message>
        <source>Read all, look who has changed it, and decide again.</source>
        <translation>Lisez tout, cherchez qui l’a changée, et décidez à nouveau.</translation>
    </message>
    <message>
        <source>There is nothing to put back. Check on the device itself whether this value is locked, or belongs to a mode that is off.</source>
        <translation>Il n’y a rien à rétablir. Vérifiez sur l’appareil si cette valeur est verrouillée ou dépend d’un mode désactivé.</translation>
    </message>
    <message>
        <source>Put back what was written, then check the range on the device&apos;s own screen: it may have a narrower one.</source>
        <translation>Rétablissez ce qui a été écrit, puis vérifiez la plage sur l’écran de l’appareil&#xa0;: elle peut être plus étroite.</translation>
    </message>
    <message>
        <source>Get the line or the device to answer again, then read all: only what is read counts.</source>
        <translation>Faites répondre la liaison ou l’appareil, puis lisez tout&#xa0;: seul compte ce qui est lu.</translation>
    </message>
    <message>
        <source>{0}, {1}: {2} holds, watched for {3} more</source>
        <translation>{0}, {1}&#xa0;: {2} tient, surveillé encore {3}</translation>
    </message>
    <message>
        <source>{0}, {1}: no longer {2}, but {3} since {4}</source>
        <translation>{0}, {1}&#xa0;: ce n’est plus {2} mais {3}, depuis {4}</translation>
    </message>
    <message>
        <source>{0} values hold, watched for {1} more</source>
        <translation>{0} valeurs tiennent, surveillées encore {1}</translation>
    </message>
</context>
</TS>
